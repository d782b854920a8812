import { defineLayer } from '../declaration';
import { isKnown } from '../dimension';
import { derive } from '../formula';
import { flag, real } from '../params';

/** Ioffe & Szegedy 2015, over the last axis. */
export const batchNormalization = defineLayer({
  type: 'batchNormalization',
  title: 'BatchNormalization',
  family: 'normalization',
  summary: 'Gives each channel mean 0 and variance 1 over the batch, then a learned scale and shift.',
  keywords: ['batch norm', 'bn'],
  docs: {
    text: 'While training, each channel is normalised by its mean and variance over the batch; moving averages of both are kept for predicting. γ and β are learned; the two averages are weights too, but training does not change them by gradients, so they count as not trainable.',
    formula: 'y = \\gamma\\,\\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta',
    source: { title: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' },
  },
  params: {
    momentum: real({
      label: 'Momentum',
      help: 'How slowly the moving averages follow the batches.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.99,
    }),
    epsilon: real({
      label: 'Epsilon',
      help: 'Keeps the division finite.',
      symbol: 'ε',
      min: 0,
      step: 0.001,
      default: 0.001,
      advanced: true,
    }),
    center: flag({ label: 'Shift β', help: 'Adds a learned shift to each channel.', default: true }),
    scale: flag({ label: 'Scale γ', help: 'Multiplies each channel by a learned scale.', default: true }),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: () => [],
  infer({ params: { center, scale }, inputs: { in: x } }) {
    const channels = x.shape.at(-1) ?? 1;
    if (!isKnown(channels)) {
      return {
        refusal: { message: 'The number of channels is unknown, so the number of weights cannot be told.', port: 'in' },
      };
    }
    const learned = Number(center) + Number(scale);
    const weight = (name: string, initializer: string, trainable: boolean) => ({
      name,
      shape: [channels],
      symbols: ['C'],
      initializer,
      trainable,
      // PyTorch keeps the averages as buffers, which it does not count.
      ...(!trainable && { pytorch: 0 }),
    });
    return {
      output: { shape: x.shape, dtype: 'float32' },
      weights: [
        ...(scale ? [weight('gamma', 'ones', true)] : []),
        ...(center ? [weight('beta', 'zeros', true)] : []),
        weight('moving_mean', 'zeros', false),
        weight('moving_variance', 'ones', false),
      ],
      parameters: derive('Parameters', learned > 0 ? `${learned}·C + 2·C` : '2·C', { C: channels }),
    };
  },
  names: { pytorch: 'nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d', onnx: 'BatchNormalization' },
  keras: { className: 'BatchNormalization', fixed: { axis: -1 } },
});
