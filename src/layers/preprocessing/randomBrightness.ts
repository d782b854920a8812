import { defineLayer } from '../declaration';
import { span, valueRange, whileTraining } from './settings';

const params = {
  factor: span('Factor', 'The least and the greatest share of the value range that is added.', [-0.1, 0.1]),
  valueRange: valueRange(),
};

/** Makes images brighter or darker at random while training. */
export const randomBrightness = defineLayer({
  type: 'randomBrightness',
  title: 'RandomBrightness',
  family: 'preprocessing',
  summary: 'Makes images brighter or darker at random while training.',
  keywords: ['augmentation', 'brightness', 'light'],
  docs: {
    text: 'While training, one number is added to all pixels of an image, drawn for each image from a range in shares of the value range. When predicting it does nothing.',
    formula: 'y = x + \\delta, \\quad \\delta \\sim U(a, b)\\,(v_{\\max} - v_{\\min})',
    source: {
      title: 'Keras: RandomBrightness',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/',
    },
  },
  params,
  ...whileTraining<typeof params>(),
  digest: ({ factor: [from, to] }) => [`${from} to ${to}`],
  keras: { className: 'RandomBrightness' },
});
