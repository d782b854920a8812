import { defineLayer } from '../declaration';
import { optionalSpan, samplingParams, span, whileTraining } from './settings';

const params = {
  heightFactor: span('Height', 'The least and the greatest share that the height of the view grows by.', [-0.1, 0.1]),
  widthFactor: optionalSpan('Width', 'The same of the width. Empty: as the height.', 'as the height'),
  ...samplingParams(),
};

/** Zooms images at random while training. */
export const randomZoom = defineLayer({
  type: 'randomZoom',
  title: 'RandomZoom',
  family: 'preprocessing',
  summary: 'Zooms images at random while training.',
  keywords: ['augmentation', 'scale', 'zoom'],
  docs: {
    text: 'While training, each image is made smaller or larger about its centre: a factor of 0.1 shows a tenth more, −0.1 a tenth less. Without a width factor both sides are zoomed alike. When predicting it does nothing.',

    formula: 'y_p = x_{\\,m + (1 + z)(p - m)}, \\quad m \\text{ the middle}, \\; z \\sim U(a, b)',
    source: {
      title: 'Keras: RandomZoom',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/',
    },
  },
  params,
  ...whileTraining<typeof params>(),
  digest: ({ heightFactor: [from, to] }) => [`${from} to ${to}`],
  keras: { className: 'RandomZoom' },
});
