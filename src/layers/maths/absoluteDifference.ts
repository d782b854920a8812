import { joinsTwo } from '../shared/elementwise';

/** The comparison of Koch et al. 2015. */
export const absoluteDifference = joinsTwo(
  {
    type: 'absoluteDifference',
    title: 'AbsoluteDifference',
    summary: 'The size of the difference of two tensors, value by value.',
    keywords: ['distance', 'siamese', 'one-shot', 'manhattan'],
    docs: {
      text: 'Takes one tensor from the other and leaves out the signs. A siamese network gives two images to the same layers, takes this difference of the two results, and lets a dense layer weigh what in it matters.',
      formula: 'y = |a - b|',
      source: { title: 'Koch et al. 2015', url: 'https://www.cs.cmu.edu/~rsalakhu/papers/oneshot1.pdf' },
    },
    names: { pytorch: 'torch.abs(a - b)', onnx: 'Sub, Abs' },
    verb: 'compared',
  },
  { custom: true },
);
