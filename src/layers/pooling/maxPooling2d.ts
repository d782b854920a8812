import { windowPooling } from '../shared/pooling';

/** Keeps the largest value of each window, so the image shrinks. */
export const maxPooling2d = windowPooling({
  type: 'maxPooling2d',
  title: 'MaxPooling2D',
  axes: 2,
  also: ['MaxPool2D'],
  summary: 'Keeps the largest value of each window, so the image shrinks.',
  keywords: ['subsample', 'downsample', 'pool'],
  docs: {
    text: 'Halves (or more) each side of the image by keeping the strongest response in each window. It has no weights, makes the network less sensitive to small shifts, and saves work further on.',
    formula: 'y_{p,c} = \\max_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Keras: MaxPooling2D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/' },
  },
  names: { pytorch: 'nn.MaxPool2d', onnx: 'MaxPool' },
});
