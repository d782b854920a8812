import type { Json } from '@/document';
import { defineLayer, type RuleResult, type Tensor } from '../declaration';
import { type Dim, formatDim, formatShape, product, sameSize } from '../dimension';
import { derive } from '../formula';
import { flag, inKeras, integers } from '../params';
import { NOT_TOLD } from '../shared/window';

/** One axis of both, or one of each. */
const axes = inKeras(
  integers({
    label: 'Axes',
    help: 'The axis along which products are summed, counted with the batch as 0; −1 is the last. Two numbers: one for each tensor.',
    min: -7,
    max: 7,
    length: [1, 2],
    default: [-1],
  }),
  {
    write: (value): Json => (value.length === 1 ? (value[0] ?? -1) : [...value]),
    read: (json) => json,
  },
);

/** Sums of products along an axis; of vectors scaled to length 1 it is their cosine. */
export const dot = defineLayer({
  type: 'dot',
  title: 'Dot',
  family: 'merge',
  summary: 'Dot products of two tensors along an axis; cosine similarity if normalised.',
  keywords: ['cosine', 'similarity', 'inner product', 'matching', 'siamese'],
  docs: {
    text: 'Multiplies the values of two tensors along one axis of each and sums them up. Of two vectors it is one number that says how alike their directions are; with “normalise” both are scaled to length 1 first and the number is the cosine of the angle between them. Tensors with more axes give one number for every pair of places.',
    formula: 'y_{ij} = \\sum_k a_{ik}\\, b_{jk}',
    source: { title: 'Keras: Dot', url: 'https://keras.io/api/layers/merging_layers/dot/' },
  },
  params: {
    axes,
    normalize: flag({
      label: 'Normalise',
      help: 'Scales both to length 1 along the axis first: the result is the cosine.',
      default: false,
    }),
  },
  inputs: { a: { title: 'First', rank: [2, 3, 4, 5] }, b: { title: 'Second', rank: [2, 3, 4, 5] } },
  digest: ({ normalize }) => (normalize ? ['cosine'] : []),
  infer({ params, inputs: { a, b } }): RuleResult {
    const [first = -1, second = first] = params.axes;
    const [one, two] = [axisOf(a, first), axisOf(b, second)];
    if (one === null || two === null) {
      const [axis, tensor] = one === null ? [first, a] : [second, b];
      return {
        refusal: {
          message: `There is no axis ${String(axis).replace('-', '−')} to sum along in ${formatShape(tensor.shape)}.`,
          why: 'The batch is axis 0; samples are not mixed.',
          param: 'axes',
          repairs: [{ title: 'Sum along the last axis', kind: 'setParams', params: { axes: [-1] } }],
        },
      };
    }
    const [k, other] = [a.shape[one] ?? 1, b.shape[two] ?? 1];
    if (sameSize(k, other) !== true) {
      const fitting = [1, 2, 3, 4].find((axis) => axis < b.shape.length && sameSize(k, b.shape[axis] ?? 0) === true);
      return {
        refusal: {
          message: `${formatShape(a.shape)} and ${formatShape(b.shape)} have ${formatDim(k)} and ${formatDim(other)} values along the axis of the product.`,
          why: 'Values are multiplied in pairs, so both axes must have the same size.',
          port: 'b',
          repairs:
            fitting === undefined
              ? []
              : [{ title: `Axis ${fitting} of the second`, kind: 'setParams', params: { axes: [one, fitting] } }],
        },
      };
    }
    const without = (shape: readonly Dim[], axis: number): Dim[] => shape.filter((_, at) => at !== axis);
    const [left, right] = [without(a.shape, one), without(b.shape, two).slice(1)];
    const shape = [...left, ...right];
    const values = { M: product(left.slice(1)), L: product(right), K: k };
    return {
      output: { shape: shape.length === 1 ? [...shape, 1] : shape, dtype: 'float32' },
      macs: derive('Multiply-adds', 'M·L·K', values),
      window: a.shape.length === 2 && b.shape.length === 2 ? 'global' : NOT_TOLD,
    };
  },
  names: { pytorch: 'torch.einsum, nn.CosineSimilarity', onnx: 'Einsum' },
  keras: { className: 'Dot', call: 'list' },
});

/** The axis counted from the front, or null for the batch or none. */
function axisOf({ shape }: Tensor, axis: number): number | null {
  const at = axis < 0 ? shape.length + axis : axis;
  return at >= 1 && at < shape.length ? at : null;
}
