import { defineLayer, type Tensor } from '../declaration';
import { type Dim, isKnown } from '../dimension';
import { type Derivation, derive } from '../formula';
import { flag, type ParamsOf } from '../params';
import { axes, axesRefusal, fromFront } from '../shared/axes';
import { likeInput } from '../shared/same';
import { sidesOf } from '../shared/window';
import { affineCount, affineParams, affineWeights, epsilon } from './affine';

/** Ba, Kiros & Hinton 2016. */
export const layerNormalization = defineLayer({
  type: 'layerNormalization',
  title: 'LayerNormalization',
  family: 'normalization',
  summary: 'Gives each position mean 0 and variance 1 over its features, then a learned scale and shift.',
  keywords: ['layer norm', 'ln', 'transformer'],
  docs: {
    text: 'Normalises each sample by itself, over the last axis or over several, so it does the same in training and in predicting and does not depend on the batch: the usual choice in recurrent networks and transformers.',
    formula: 'y = \\gamma\\,\\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta',
    source: { title: 'Ba, Kiros & Hinton 2016', url: 'https://arxiv.org/abs/1607.06450' },
  },
  params: {
    axis: axes([-1], 'The axes over which mean and variance are taken.'),
    epsilon: epsilon(0.001),
    ...affineParams,
    rmsScaling: flag({
      label: 'Scale only',
      help: 'Divides by the deviation without taking the mean away. Keras keeps it for old models; RMSNormalization is the proper way.',
      default: false,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ axis }) => (axis.length === 1 && axis[0] === -1 ? [] : [`axes ${axis.join(', ')}`]),
  infer({ params: p, inputs: { in: x } }) {
    const sizes = normalised(p.axis, x);
    if ('refusal' in sizes) return sizes;
    const affine = { ...p, scale: p.scale || p.rmsScaling, center: p.center && !p.rmsScaling };
    const learned = Number(affine.center) + Number(affine.scale);
    return {
      output: likeInput(x),
      weights: affineWeights(sizes.shape, sizes.symbols, affine),
      parameters: sizes.count(learned),
    };
  },
  names: { pytorch: 'nn.LayerNorm', onnx: 'LayerNormalization' },
  keras: { className: 'LayerNormalization' },
});

/** Zhang & Sennrich 2019. */
export const rmsNormalization = defineLayer({
  type: 'rmsNormalization',
  title: 'RMSNormalization',
  family: 'normalization',
  summary: 'Divides each position by the root mean square of its features, then a learned scale.',
  keywords: ['rms norm', 'llama', 'transformer'],
  docs: {
    text: 'Layer normalisation without the mean and the shift: cheaper, and in large transformers just as good.',
    formula: 'y = \\gamma\\,\\frac{x}{\\sqrt{\\tfrac1n \\sum_i x_i^2 + \\varepsilon}}',
    source: { title: 'Zhang & Sennrich 2019', url: 'https://arxiv.org/abs/1910.07467' },
  },
  params: {
    axis: axes([-1], 'The axes over which the mean square is taken: the last one, or the last few.'),
    epsilon: epsilon(1e-6),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ axis }) => (axis.length === 1 && axis[0] === -1 ? [] : [`axes ${axis.join(', ')}`]),
  infer({ params: p, inputs: { in: x } }) {
    const sizes = normalised(p.axis, x);
    if ('refusal' in sizes) return sizes;
    const rank = x.shape.length;
    const last = Array.from(p.axis, (_, at) => rank - p.axis.length + at);
    const found = p.axis.map((axis) => fromFront(axis, rank)).sort((a, b) => a - b);
    if (found.join() !== last.join()) {
      return {
        refusal: {
          message: `The axes ${p.axis.join(', ')} are not the last ${p.axis.length === 1 ? 'one' : p.axis.length}.`,
          why: 'Keras multiplies the learned scale along the last axes, so those have to be the ones it is learned for.',
          param: 'axis',
          repairs: [
            { title: 'Use the last axis', kind: 'resetParam', param: 'axis' },
            { title: `Use the axes ${last.join(', ')}`, kind: 'setParams', params: { axis: last } },
          ],
        },
      };
    }
    const { shape, symbols } = sizes;
    return {
      output: { shape: x.shape, dtype: 'float32' },
      weights: [{ name: 'scale', shape, symbols, initializer: 'ones', trainable: true }],
      parameters: sizes.count(1),
    };
  },
  names: { pytorch: 'nn.RMSNorm', onnx: 'RMSNormalization' },
  keras: { className: 'RMSNormalization' },
});

interface Normalised {
  /** Of the learned weights: the sizes of the axes, in their order. */
  shape: readonly Dim[];
  symbols: readonly string[];
  /** So many weights of that shape. */
  count(weights: number): Derivation;
}

function normalised(axis: ParamsOf<{ axis: ReturnType<typeof axes> }>['axis'], x: Tensor) {
  const refusal = axesRefusal(axis, x, 'axis');
  if (refusal) return { refusal };
  const rank = x.shape.length;
  const names = ['N', ...sidesOf(rank - 2).map(({ letter }) => letter), 'C'];
  const found = axis.map((at) => fromFront(at, rank)).sort((a, b) => a - b);
  const shape = found.map((at) => x.shape[at] ?? 1);
  const symbols = found.map((at) => names[at] ?? 'C');
  const unknown = found[shape.findIndex((size) => !isKnown(size))];
  if (unknown !== undefined) {
    return {
      refusal: {
        message: `Axis ${unknown} is of unknown size, so the number of weights cannot be told.`,
        why: 'Every value along the normalised axes has a scale of its own; only the other axes may be of any size.',
        port: 'in',
        ...(isKnown(x.shape.at(-1) ?? 1) && {
          repairs: [{ title: 'Use the last axis', kind: 'resetParam' as const, param: 'axis' }],
        }),
      },
    };
  }
  const values = Object.fromEntries(symbols.map((symbol, at) => [symbol, shape[at] ?? 1]));
  const sizes: Normalised = {
    shape,
    symbols,
    count: (weights) => derive('Parameters', affineCount(weights, symbols.join('·')), values),
  };
  return sizes;
}
