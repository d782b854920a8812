import { windowPooling } from '../shared/pooling';

/** Takes the mean of each window, so the volume shrinks. */
export const averagePooling3d = windowPooling({
  type: 'averagePooling3d',
  title: 'AveragePooling3D',
  axes: 3,
  also: ['AvgPool3D'],
  summary: 'Takes the mean of each window, so the volume shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'mean'],
  docs: {
    text: 'Shrinks the volume by averaging each window. With “same” padding, zeros beyond the edge are not counted in the mean.',
    formula: 'y_{p,c} = \\frac{1}{|F|} \\sum_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Keras: AveragePooling3D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling3d/' },
  },
  names: { pytorch: 'nn.AvgPool3d', onnx: 'AveragePool' },
});
