import { windowPooling } from '../shared/pooling';

/** Takes the mean of each window, so the image shrinks. */
export const averagePooling2d = windowPooling({
  type: 'averagePooling2d',
  title: 'AveragePooling2D',
  axes: 2,
  also: ['AvgPool2D'],
  summary: 'Takes the mean of each window, so the image shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'mean'],
  docs: {
    text: 'Shrinks the image by averaging each window. LeNet-5 pools this way. With “same” padding, zeros beyond the edge are not counted in the mean.',
    formula: 'y_{p,c} = \\frac{1}{|F|} \\sum_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Keras: AveragePooling2D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/' },
  },
  names: { pytorch: 'nn.AvgPool2d', onnx: 'AveragePool' },
});
