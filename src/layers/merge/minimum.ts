import { joinsMany } from '../shared/elementwise';

export const minimum = joinsMany({
  type: 'minimum',
  title: 'Minimum',
  summary: 'The smallest of several tensors, value by value.',
  keywords: ['min', 'smallest'],
  docs: {
    text: 'Takes the smallest value at every place. The gradient goes only to the tensor the value came from. An axis of size 1 is stretched.',
    formula: 'y = \\min(x_1, x_2, \\dots)',
    source: { title: 'Keras: Minimum', url: 'https://keras.io/api/layers/merging_layers/minimum/' },
  },
  names: { pytorch: 'torch.minimum', onnx: 'Min' },
  verb: 'compared',
});
