import { windowPooling } from '../shared/pooling';

/** Keeps the largest value of each window, so the volume shrinks. */
export const maxPooling3d = windowPooling({
  type: 'maxPooling3d',
  title: 'MaxPooling3D',
  axes: 3,
  also: ['MaxPool3D'],
  summary: 'Keeps the largest value of each window, so the volume shrinks.',
  keywords: ['subsample', 'downsample', 'pool'],
  docs: {
    text: 'Halves (or more) each side of the volume by keeping the strongest response in each window. It has no weights, makes the network less sensitive to small shifts, and saves work further on.',
    formula: 'y_{p,c} = \\max_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Keras: MaxPooling3D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling3d/' },
  },
  names: { pytorch: 'nn.MaxPool3d', onnx: 'MaxPool' },
});
