import { reduces } from './reduction';

export const mean = reduces({
  type: 'mean',
  title: 'Mean',
  summary: 'The mean over some axes.',
  keywords: ['average', 'reduce', 'pool'],
  docs: {
    text: 'Adds the values along the chosen axes and divides by how many they are. Over the steps of a sequence it makes one vector of the whole sequence, whatever its length.',
    formula: 'y = \\frac1n \\sum_{i=1}^{n} x_i',
    source: { title: 'Keras: ops.mean', url: 'https://keras.io/api/ops/numpy/#mean-function' },
  },
  names: { pytorch: 'torch.mean', onnx: 'ReduceMean' },
  className: 'Mean',
});
