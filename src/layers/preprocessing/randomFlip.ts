import { defineLayer } from '../declaration';
import { choice, inKeras } from '../params';
import { dataFormat } from '../shared/window';
import { whileTraining } from './settings';

const params = {
  mode: inKeras(
    choice({
      label: 'Direction',
      help: 'Which way images are mirrored.',
      default: 'horizontalAndVertical',
      options: { horizontal: 'left to right', vertical: 'upside down', horizontalAndVertical: 'both' },
    }),
    {
      write: (mode) => (mode === 'horizontalAndVertical' ? 'horizontal_and_vertical' : mode),
      read: (json) => (json === 'horizontal_and_vertical' ? 'horizontalAndVertical' : json),
    },
  ),
  dataFormat: dataFormat(),
};

/** Mirrors images at random while training. */
export const randomFlip = defineLayer({
  type: 'randomFlip',
  title: 'RandomFlip',
  family: 'preprocessing',
  summary: 'Mirrors images at random while training.',
  keywords: ['augmentation', 'mirror', 'flip'],
  docs: {
    text: 'While training, each image is mirrored with a chance of one half, from left to right, upside down, or both. When predicting it does nothing. Teaches a network that a mirrored cat is a cat; not for digits or letters.',

    formula: 'y_{i,\\,j} = x_{i,\\,W - 1 - j} \\text{ or } x_{i,\\,j}, \\text{ each with probability } \\tfrac12',
    source: {
      title: 'Keras: RandomFlip',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/',
    },
  },
  params,
  ...whileTraining<typeof params>(),
  digest: ({ mode }) => [
    { horizontal: 'left to right', vertical: 'upside down', horizontalAndVertical: 'both ways' }[mode],
  ],
  keras: { className: 'RandomFlip' },
});
