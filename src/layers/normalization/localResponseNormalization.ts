import { defineLayer } from '../declaration';
import { integer, real } from '../params';

/** Krizhevsky, Sutskever & Hinton 2012, section 3.3; the paper's settings are the defaults. */
export const localResponseNormalization = defineLayer({
  type: 'localResponseNormalization',
  title: 'LocalResponseNormalization',
  family: 'normalization',
  summary: 'Divides each value by the strength of its neighbours in the channels beside it.',
  keywords: ['lrn', 'alexnet', 'lateral inhibition', 'brightness'],
  docs: {
    text: 'Channels at one place compete: where many are strong, all are damped, as neurons inhibit their neighbours. AlexNet used it; batch normalisation has replaced it since. α multiplies the sum over the 2r + 1 channels, as in the paper and in TensorFlow; PyTorch’s nn.LocalResponseNorm multiplies their mean instead, so there α must be 2r + 1 times as large.',
    formula: 'y_c = x_c \\Big/ \\Big(k + \\alpha \\sum_{j=c-r}^{c+r} x_j^2\\Big)^{\\beta}',
    source: {
      title: 'Krizhevsky, Sutskever & Hinton 2012',
      url: 'https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks',
    },
  },
  params: {
    depthRadius: integer({
      label: 'Radius',
      help: 'How many channels on either side are looked at.',
      symbol: 'r',
      min: 0,
      max: 1000,
      default: 2,
    }),
    bias: real({ label: 'Bias', help: 'Keeps the division finite.', symbol: 'k', min: 0.001, step: 0.5, default: 2 }),
    alpha: real({
      label: 'Alpha',
      help: 'How strongly the neighbours count.',
      symbol: 'α',
      min: 0,
      step: 0.0001,
      default: 1e-4,
    }),
    beta: real({ label: 'Beta', help: 'The power of the divisor.', symbol: 'β', min: 0, step: 0.05, default: 0.75 }),
  },
  inputs: { in: { title: 'Tensor', rank: [3, 4, 5] } },
  keepsShape: true,
  digest: ({ depthRadius }) => [`${2 * depthRadius + 1} channels`],
  infer: ({ inputs: { in: x } }) => ({ output: { shape: x.shape, dtype: 'float32' } }),
  names: { pytorch: 'nn.LocalResponseNorm', onnx: 'LRN' },
  keras: { className: 'LocalResponseNormalization', custom: true },
});
