import { windowPooling } from '../shared/pooling';

/** Takes the mean of each window, so the sequence shrinks. */
export const averagePooling1d = windowPooling({
  type: 'averagePooling1d',
  title: 'AveragePooling1D',
  axes: 1,
  also: ['AvgPool1D'],
  summary: 'Takes the mean of each window, so the sequence shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'mean'],
  docs: {
    text: 'Shrinks the sequence by averaging each window. With “same” padding, zeros beyond the edge are not counted in the mean.',
    formula: 'y_{p,c} = \\frac{1}{|F|} \\sum_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Keras: AveragePooling1D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling1d/' },
  },
  names: { pytorch: 'nn.AvgPool1d', onnx: 'AveragePool' },
});
