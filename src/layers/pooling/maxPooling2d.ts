import { defineLayer } from '../declaration';
import { pooling } from '../shared/pooling';

/** Keeps the largest value of each window. */
export const maxPooling2d = defineLayer({
  type: 'maxPooling2d',
  title: 'MaxPooling2D',
  family: 'pooling',
  summary: 'Keeps the largest value of each window, so the image shrinks.',
  keywords: ['subsample', 'downsample', 'pool'],
  docs: {
    text: 'Halves (or more) each side of the image by keeping the strongest response in each window. It has no weights, makes the network less sensitive to small shifts, and saves work further on.',
    formula: 'y_{i,j,c} = \\max_{u,v < F} x_{iS+u,\\,jS+v,\\,c}',
    source: { title: 'Keras: MaxPooling2D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/' },
  },
  ...pooling('MaxPooling2D'),
});
