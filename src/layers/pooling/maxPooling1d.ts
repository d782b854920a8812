import { windowPooling } from '../shared/pooling';

/** Keeps the largest value of each window, so the sequence shrinks. */
export const maxPooling1d = windowPooling({
  type: 'maxPooling1d',
  title: 'MaxPooling1D',
  axes: 1,
  also: ['MaxPool1D'],
  summary: 'Keeps the largest value of each window, so the sequence shrinks.',
  keywords: ['subsample', 'downsample', 'pool'],
  docs: {
    text: 'Halves (or more) each side of the sequence by keeping the strongest response in each window. It has no weights, makes the network less sensitive to small shifts, and saves work further on.',
    formula: 'y_{p,c} = \\max_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Keras: MaxPooling1D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling1d/' },
  },
  names: { pytorch: 'nn.MaxPool1d', onnx: 'MaxPool' },
});
