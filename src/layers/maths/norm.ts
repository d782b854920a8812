import { choice } from '../params';
import { reduces } from './reduction';

export const norm = reduces({
  type: 'norm',
  title: 'Norm',
  summary: 'The length of vectors: L1, L2 or the largest size.',
  keywords: ['length', 'magnitude', 'distance', 'euclidean', 'manhattan', 'siamese'],
  docs: {
    text: 'How long the vectors along the chosen axes are: by Pythagoras (L2), by the sum of the sizes (L1), or by the largest size. Behind Subtract it is the distance of two vectors, with which siamese networks compare.',
    formula:
      '\\lVert x\\rVert_2 = \\sqrt{\\textstyle\\sum_i x_i^2} \\qquad \\lVert x\\rVert_1 = \\sum_i |x_i| \\qquad \\lVert x\\rVert_\\infty = \\max_i |x_i|',
    source: { title: 'Keras: ops.norm', url: 'https://keras.io/api/ops/linalg/#norm-function' },
  },
  names: { pytorch: 'torch.linalg.vector_norm', onnx: 'ReduceL1, ReduceL2' },
  className: 'Norm',
  params: {
    order: choice({
      label: 'Norm',
      help: 'How length is measured.',
      default: 'l2',
      options: { l2: 'L2 (Euclidean)', l1: 'L1 (sum of sizes)', max: 'largest size' },
    }),
  },
});
