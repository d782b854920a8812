import { joinsMany } from '../shared/elementwise';

/** Goodfellow et al. 2013 (maxout). */
export const maximum = joinsMany({
  type: 'maximum',
  title: 'Maximum',
  summary: 'The largest of several tensors, value by value.',
  keywords: ['max', 'maxout', 'largest'],
  docs: {
    text: 'Takes the largest value at every place. The gradient goes only to the tensor the value came from. The maximum of several dense layers is a maxout unit. An axis of size 1 is stretched.',
    formula: 'y = \\max(x_1, x_2, \\dots)',
    source: { title: 'Keras: Maximum', url: 'https://keras.io/api/layers/merging_layers/maximum/' },
  },
  names: { pytorch: 'torch.maximum', onnx: 'Max' },
  verb: 'compared',
});
