import { defineLayer } from '../declaration';
import { samplingParams, span, whileTraining } from './settings';

const params = {
  heightFactor: span('Down', 'The least and the greatest share of the height to move down by.', [-0.1, 0.1]),
  widthFactor: span('Right', 'The least and the greatest share of the width to move right by.', [-0.1, 0.1]),
  ...samplingParams(),
};

/** Moves images at random while training. */
export const randomTranslation = defineLayer({
  type: 'randomTranslation',
  title: 'RandomTranslation',
  family: 'preprocessing',
  summary: 'Moves images at random while training.',
  keywords: ['augmentation', 'shift', 'move'],
  docs: {
    text: 'While training, each image is moved down and to the right (or up and to the left) by shares of its size of its own. When predicting it does nothing.',

    formula: 'y_{i,\\,j} = x_{i - aH,\\;j - bW}, \\quad a \\sim U(a_0, a_1), \\; b \\sim U(b_0, b_1)',
    source: {
      title: 'Keras: RandomTranslation',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/',
    },
  },
  params,
  ...whileTraining<typeof params>(),
  digest: ({ heightFactor: [from, to] }) => [`${from} to ${to}`],
  keras: { className: 'RandomTranslation' },
});
