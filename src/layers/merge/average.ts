import { joinsMany } from '../shared/elementwise';

export const average = joinsMany({
  type: 'average',
  title: 'Average',
  summary: 'The mean of several tensors, value by value.',
  keywords: ['mean', 'ensemble'],
  docs: {
    text: 'Adds its inputs value by value and divides by their number. It joins the opinions of several branches without making the result larger than they are. An axis of size 1 is stretched.',
    formula: 'y = \\tfrac1n\\,(x_1 + \\dots + x_n)',
    source: { title: 'Keras: Average', url: 'https://keras.io/api/layers/merging_layers/average/' },
  },
  names: { pytorch: 'torch.stack(…).mean(0)', onnx: 'Mean' },
  verb: 'averaged',
});
