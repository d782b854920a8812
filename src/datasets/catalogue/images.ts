/** Data sets of pictures. */
import type { DatasetInfo, Fields } from '../types';

const DIGIT_NAMES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The fields of a picture classification set: a grey `image` in 0..1 and its `label`. */
const greyImages = (height: number, width: number, classes: readonly string[]): Fields => ({
  image: { kind: 'image', shape: [height, width, 1], dtype: 'float32' },
  label: { kind: 'class', shape: [], dtype: 'int32', classes },
});

export const IMAGES: readonly DatasetInfo[] = [
  {
    id: 'digits',
    title: 'Digits 8×8',
    summary: 'Handwritten digits on a grid of 8×8. Small enough to train on in seconds.',
    fields: greyImages(8, 8, DIGIT_NAMES),
    samples: { train: 1797, test: 0 },
    bytes: 46_725,
    licence: { name: 'BSD-3-Clause', url: 'https://opensource.org/license/bsd-3-clause' },
    source: {
      title: 'Alpaydin and Kaynak, Optical Recognition of Handwritten Digits (UCI), as in scikit-learn',
      url: 'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits',
    },
  },
  {
    id: 'mnist',
    title: 'MNIST',
    summary: 'Handwritten digits, 28×28. A class-balanced part of the whole: 10,000 to train on, 2,000 to test on.',
    fields: greyImages(28, 28, DIGIT_NAMES),
    samples: { train: 10_000, test: 2_000 },
    bytes: 2_025_439,
    licence: { name: 'CC BY-SA 3.0', url: 'https://creativecommons.org/licenses/by-sa/3.0/' },
    source: {
      title: 'LeCun, Cortes and Burges, The MNIST database of handwritten digits',
      url: 'http://yann.lecun.com/exdb/mnist/',
    },
  },
  {
    id: 'fashion-mnist',
    title: 'Fashion-MNIST',
    summary: 'Articles of clothing, 28×28. A class-balanced part of the whole: 10,000 to train on, 2,000 to test on.',
    fields: greyImages(28, 28, [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ]),
    samples: { train: 10_000, test: 2_000 },
    bytes: 5_371_472,
    licence: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    source: {
      title: 'Xiao, Rasul and Vollgraf, Fashion-MNIST (Zalando SE)',
      url: 'https://github.com/zalandoresearch/fashion-mnist',
    },
  },
];
