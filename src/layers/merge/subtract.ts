import { joinsTwo } from '../shared/elementwise';

export const subtract = joinsTwo(
  {
    type: 'subtract',
    title: 'Subtract',
    summary: 'Takes the second tensor from the first, value by value.',
    keywords: ['difference', 'minus', 'residual'],
    docs: {
      text: 'The difference of two tensors of the same shape; an axis of size 1 is stretched. A denoising network that predicts the noise takes it from its input this way.',
      formula: 'y = a - b',
      source: { title: 'Keras: Subtract', url: 'https://keras.io/api/layers/merging_layers/subtract/' },
    },
    names: { pytorch: '-', onnx: 'Sub' },
    verb: 'subtracted',
  },
  { custom: false },
);
