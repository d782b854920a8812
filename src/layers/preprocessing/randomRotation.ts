import { defineLayer } from '../declaration';
import { samplingParams, span, whileTraining } from './settings';

const params = {
  factor: span('Turns', 'The least and the greatest angle, in whole turns.', [-0.1, 0.1]),
  ...samplingParams(),
};

/** Turns images by a random angle while training. */
export const randomRotation = defineLayer({
  type: 'randomRotation',
  title: 'RandomRotation',
  family: 'preprocessing',
  summary: 'Turns images by a random angle while training.',
  keywords: ['augmentation', 'rotate', 'turn'],
  docs: {
    text: 'While training, each image is turned about its centre by an angle of its own, drawn from a range in whole turns: 0.1 is 36 degrees. When predicting it does nothing.',
    formula: '\\alpha \\sim 2\\pi\\, U(a, b)',
    source: {
      title: 'Keras: RandomRotation',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/',
    },
  },
  params,
  ...whileTraining<typeof params>(),
  digest: ({ factor: [from, to] }) => [`${from} to ${to} turns`],
  keras: { className: 'RandomRotation' },
});
