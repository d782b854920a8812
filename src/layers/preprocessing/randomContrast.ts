import { defineLayer } from '../declaration';
import { inKeras, reals } from '../params';
import { valueRange, whileTraining } from './settings';

const params = {
  factor: inKeras(
    reals<readonly number[]>({
      label: 'Factor',
      help: 'How much flatter and how much starker at most.',
      min: 0,
      max: 1,
      length: [2, 2],
      default: [0.1, 0.1],
    }),
    { write: (value) => [...value], read: (json) => (typeof json === 'number' ? [json, json] : json) },
  ),
  valueRange: valueRange(),
};

/** Makes images starker or flatter at random while training. */
export const randomContrast = defineLayer({
  type: 'randomContrast',
  title: 'RandomContrast',
  family: 'preprocessing',
  summary: 'Makes images starker or flatter at random while training.',
  keywords: ['augmentation', 'contrast', 'colour'],
  docs: {
    text: 'While training, the difference of each pixel from the mean of its channel is multiplied by a factor of the image’s own, between 1 − the first and 1 + the second number. When predicting it does nothing.',
    formula: 'y = (x - \\bar x)\\,f + \\bar x, \\quad f \\sim U(1 - a, 1 + b)',
    source: {
      title: 'Keras: RandomContrast',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/',
    },
  },
  params,
  ...whileTraining<typeof params>(),
  digest: ({ factor: [less, more] }) => [`−${less} to +${more}`],
  keras: { className: 'RandomContrast' },
});
