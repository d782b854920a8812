import { defineLayer } from '../declaration';
import { pooling } from '../shared/pooling';

/** Takes the mean of each window; with “same” padding only of the values inside the image. */
export const averagePooling2d = defineLayer({
  type: 'averagePooling2d',
  title: 'AveragePooling2D',
  family: 'pooling',
  summary: 'Takes the mean of each window, so the image shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'mean'],
  docs: {
    text: 'Shrinks the image by averaging each window. LeNet-5 pools this way. With “same” padding, zeros beyond the edge are not counted in the mean.',
    formula: 'y_{i,j,c} = \\frac{1}{F^2} \\sum_{u,v < F} x_{iS+u,\\,jS+v,\\,c}',
    source: { title: 'Keras: AveragePooling2D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/' },
  },
  ...pooling('AveragePooling2D'),
});
