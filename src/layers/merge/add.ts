import { joinsMany } from '../shared/elementwise';

/** Elementwise sum; sizes of 1 stretch. He et al. 2015 made it the skip connection. */
export const add = joinsMany({
  type: 'add',
  title: 'Add',
  summary: 'Adds tensors of the same shape: a skip connection.',
  keywords: ['sum', 'residual', 'skip', 'shortcut'],
  docs: {
    text: 'Adds its inputs value by value. With a wire that goes around some layers it makes a residual block: the layers then only learn what to change. All shapes must agree; an axis of size 1 is stretched.',
    formula: 'y = x_1 + x_2 + \\dots',
    source: { title: 'Keras: Add', url: 'https://keras.io/api/layers/merging_layers/add/' },
  },
  names: { pytorch: '+', onnx: 'Add' },
  verb: 'added',
});
