import { cropping } from './cropping';

/** Keeps the middle of each image. */
export const centerCrop = cropping({
  type: 'centerCrop',
  title: 'CenterCrop',
  summary: 'Keeps the middle of each image.',
  keywords: ['crop', 'cut'],
  docs: {
    text: 'Cuts the same from opposite sides, so that the middle of the image is left in the size you say.',
    formula:
      'y_{i,\\,j} = x_{i + \\lfloor (H_{\\text{in}} - H)/2 \\rfloor,\\; j + \\lfloor (W_{\\text{in}} - W)/2 \\rfloor}',
    source: {
      title: 'Keras: CenterCrop',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/',
    },
  },
});
