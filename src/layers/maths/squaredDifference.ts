import { joinsTwo } from '../shared/elementwise';

export const squaredDifference = joinsTwo(
  {
    type: 'squaredDifference',
    title: 'SquaredDifference',
    summary: 'The square of the difference of two tensors, value by value.',
    keywords: ['distance', 'siamese', 'error', 'euclidean'],
    docs: {
      text: 'Takes one tensor from the other and squares every value. Summed up it is the squared distance of two vectors, with which networks that compare (siamese networks) tell alike from unlike.',
      formula: 'y = (a - b)^2',
      source: { title: 'Koch et al. 2015', url: 'https://www.cs.cmu.edu/~rsalakhu/papers/oneshot1.pdf' },
    },
    names: { pytorch: '(a - b) ** 2', onnx: 'Sub, Mul' },
    verb: 'compared',
  },
  { custom: true },
);
