/** Ronneberger, Fischer & Brox 2015, with “same” padding as it is mostly used. */
import { block, type Link, network } from '../chain';
import { image, link, type Size } from '../parts';

const conv = (id: string, filters: Size): Link =>
  link(id, 'conv2d', {
    filters,
    kernelSize: 3,
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'heNormal',
  });

const down = (level: number): Link => link(`down${level}`, 'block:double', { filters: 64 * 2 ** (level - 1) });

const pool = (level: number): Link => link(`pool${level}`, 'maxPooling2d');

/** Back to the size of a level, with what was seen there on the way down. */
const up = (level: number, from: string, skip: string): Link =>
  link(`up${level}`, 'block:up', { filters: 64 * 2 ** (level - 1) }, { in: from, skip });

export const unet = network('U-Net', {
  links: [
    image(256, 1),
    ...[1, 2, 3].flatMap((level) => [down(level), pool(level)]),
    down(4),
    link('dropout4', 'dropout'),
    pool(4),
    link('bottom', 'block:double', { filters: 1024 }),
    link('dropout5', 'dropout'),
    up(4, 'dropout5', 'dropout4'),
    up(3, 'up4', 'down3'),
    up(2, 'up3', 'down2'),
    up(1, 'up2', 'down1'),
    conv('conv', 2),
    link('mask', 'conv2d', { filters: 1, kernelSize: 1, activation: 'sigmoid' }),
    link('loss', 'crossEntropy', { mode: 'binary', target: 'mask' }),
  ],
  blocks: {
    double: block({
      title: 'Two convolutions',
      note: 'What is done at each level.',
      params: { filters: 64 },
      links: [conv('conv1', 'filters'), conv('conv2', 'filters')],
    }),
    up: block({
      title: 'Way up',
      note: 'Doubles the image, lays beside it what was there on the way down, and looks at both.',
      params: { filters: 64 },
      links: [
        link('in', 'blockInput'),
        { ...link('skip', 'blockInput', { index: 1 }), from: [] },
        link(
          'enlarge',
          'conv2dTranspose',
          { filters: 'filters', kernelSize: 2, strides: 2, padding: 'same', activation: 'relu' },
          'in',
        ),
        link('join', 'concatenate', undefined, ['skip', 'enlarge']),
        conv('conv1', 'filters'),
        conv('conv2', 'filters'),
        link('out', 'blockOutput'),
      ],
    }),
  },
});
