import { cropping } from './cropping';

/** Keeps a random part of each image while training, the middle otherwise. */
export const randomCrop = cropping({
  type: 'randomCrop',
  title: 'RandomCrop',
  summary: 'Keeps a random part of each image while training, the middle otherwise.',
  keywords: ['crop', 'cut', 'augmentation'],
  docs: {
    text: 'While training, each image is cut to the size you say at a place of its own; when predicting, its middle is kept. Teaches a network not to mind where things stand.',
    formula:
      'y_{i,\\,j} = x_{i + a,\\; j + b}, \\quad a \\sim U\\{0, \\dots, H_{\\text{in}} - H\\}, \\; b \\sim U\\{0, \\dots, W_{\\text{in}} - W\\}',
    source: {
      title: 'Keras: RandomCrop',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_crop/',
    },
  },
});
