import { defineLayer, type RuleResult } from '../declaration';
import { type Dim, formatDim, formatShape, product, sameSize } from '../dimension';
import { derive } from '../formula';
import { flag } from '../params';
import { NOT_TOLD } from '../shared/window';

/** The product of two matrices that the network computes, sample by sample. */
export const matrixProduct = defineLayer({
  type: 'matrixProduct',
  title: 'MatrixProduct',
  family: 'maths',
  summary: 'Multiplies two matrices: the building block of attention.',
  keywords: ['matmul', 'bmm', 'multiply', 'gram', 'attention'],
  docs: {
    text: 'The last two axes of each input are matrices; each sample’s two are multiplied. Axes before them must agree. With the second one transposed, the result says how alike each row of one is to each row of the other.',
    formula: 'Y = A\\,B \\qquad y_{ij} = \\sum_k a_{ik}\\, b_{kj}',
    source: { title: 'Keras: ops.matmul', url: 'https://keras.io/api/ops/numpy/#matmul-function' },
  },
  params: {
    transposeA: flag({ label: 'Transpose the first', help: 'Exchanges its last two axes.', default: false }),
    transposeB: flag({ label: 'Transpose the second', help: 'Exchanges its last two axes.', default: false }),
  },
  inputs: { a: { title: 'First', rank: [3, 4, 5] }, b: { title: 'Second', rank: [3, 4, 5] } },
  digest: ({ transposeA, transposeB }) => [`A${transposeA ? 'ᵀ' : ''}B${transposeB ? 'ᵀ' : ''}`],
  infer({ params: { transposeA, transposeB }, inputs: { a, b } }): RuleResult {
    const fits =
      a.shape.length === b.shape.length &&
      a.shape.slice(0, -2).every((size, axis) => sameSize(size, b.shape[axis] ?? 0) === true);
    if (!fits) {
      return {
        refusal: {
          message: `Matrices of ${formatShape(a.shape)} and ${formatShape(b.shape)} do not come in pairs.`,
          why: 'Each matrix of the first is multiplied with the one at the same place of the second, so all axes before the last two must agree.',
          port: 'b',
          repairs: [{ title: 'Take the second away', kind: 'disconnect', port: 'b' }],
        },
      };
    }
    const [m, k] = lastTwo(a.shape, transposeA);
    const [other, n] = lastTwo(b.shape, transposeB);
    if (sameSize(k, other) !== true) {
      return {
        refusal: {
          message: `A matrix of ${formatDim(m)}×${formatDim(k)} cannot be multiplied with one of ${formatDim(other)}×${formatDim(n)}.`,
          why: 'The rows of the first are multiplied with the columns of the second, so the first must be as wide as the second is high.',
          port: 'b',
          repairs: [
            ...(sameSize(k, n) === true
              ? [{ title: 'Transpose the second', kind: 'setParams', params: { transposeB: !transposeB } } as const]
              : []),
            ...(sameSize(m, other) === true
              ? [{ title: 'Transpose the first', kind: 'setParams', params: { transposeA: !transposeA } } as const]
              : []),
          ],
        },
      };
    }
    const before = a.shape.slice(0, -2);
    const values = { B: product(before.slice(1)), M: m, K: k, L: n };
    return {
      output: { shape: [...before, m, n], dtype: 'float32' },
      shape: [derive('Rows', 'M', values), derive('Columns', 'L', values)],
      macs: derive('Multiply-adds', before.length === 1 ? 'M·K·L' : 'B·M·K·L', values),
      window: NOT_TOLD,
    };
  },
  names: { pytorch: 'torch.matmul', onnx: 'MatMul' },
  keras: { className: 'MatrixProduct', custom: true, call: 'list' },
});

function lastTwo(shape: readonly Dim[], transposed: boolean): [Dim, Dim] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}
