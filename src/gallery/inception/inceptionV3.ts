/** Szegedy et al. 2015, as Keras's applications and as torchvision have it. */
import type { Block, NetworkDocument } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetHead, link, relu, type Size } from '../parts';

/** What the two frameworks do otherwise. */
interface Manner {
  name: string;
  normalization: NonNullable<Link['params']>;
  /** Whether zeros beyond the edge count in an average. */
  countsMargin: boolean;
  auxiliary: boolean;
}

const KERAS: Manner = {
  name: 'Inception v3',
  normalization: { scale: false },
  countsMargin: false,
  auxiliary: false,
};

const PYTORCH: Manner = {
  name: 'Inception v3 (PyTorch)',
  normalization: { momentum: 0.9, epsilon: 0.001 },
  countsMargin: true,
  auxiliary: true,
};

/** A convolution of height × width with its normalisation and ReLU; strided ones have no padding, as in the paper. */
function unit(
  id: string,
  filters: Size,
  [height, width]: readonly [Size, Size] = [1, 1],
  { from, ...more }: { from?: string; stride?: number; padding?: 'valid' } = {},
): Link {
  return link(id, 'block:unit', { filters, height, width, ...more }, from);
}

const SHRINK = { stride: 2, padding: 'valid' } as const;
const FROM_IN = { from: 'in' };

const join = (id: string, ...from: string[]): Link => link(id, 'concatenate', undefined, from);

const halve = link('pool', 'maxPooling2d', { poolSize: 3, strides: 2 }, 'in');

/** Averages of 3×3 at every place, then a 1×1 convolution. */
function averaged({ countsMargin }: Manner, filters: Size): Link[] {
  const window = { poolSize: 3, strides: 1 };
  return [
    ...(countsMargin
      ? [link('pad', 'zeroPadding2d', undefined, 'in'), link('pool', 'averagePooling2d', window)]
      : [link('pool', 'averagePooling2d', { ...window, padding: 'same' }, 'in')]),
    unit('project', filters),
  ];
}

const blocksOf = (manner: Manner): Record<string, Block> => ({
  unit: block({
    title: 'Convolution unit',
    note: 'A convolution, its normalisation and ReLU.',
    params: { filters: 64, height: 1, width: 1, stride: 1, padding: 'same' },
    links: [
      link('conv', 'conv2d', {
        filters: 'filters',
        kernelSize: ['height', 'width'],
        strides: 'stride',
        padding: 'padding',
        useBias: false,
      }),
      link('norm', 'batchNormalization', manner.normalization),
      relu('relu'),
    ],
  }),
  even: block({
    title: 'Inception 35×35',
    note: 'Windows of 1×1, 5×5 and 3×3 twice, side by side with an average.',
    params: { pooled: 64 },
    links: [
      blockIn,
      unit('one', 64, [1, 1], FROM_IN),
      unit('reduceFive', 48, [1, 1], FROM_IN),
      unit('five', 64, [5, 5]),
      unit('reduceThree', 64, [1, 1], FROM_IN),
      unit('three1', 96, [3, 3]),
      unit('three2', 96, [3, 3]),
      ...averaged(manner, 'pooled'),
      join('join', 'one', 'five', 'three2', 'project'),
      blockOut,
    ],
  }),
  shrink: block({
    title: 'Reduction to 17×17',
    note: 'Halves the image by strided convolutions and by pooling at once, so that nothing is squeezed through one of them.',
    links: [
      blockIn,
      unit('three', 384, [3, 3], { ...FROM_IN, ...SHRINK }),
      unit('reduce', 64, [1, 1], FROM_IN),
      unit('three1', 96, [3, 3]),
      unit('three2', 96, [3, 3], SHRINK),
      halve,
      join('join', 'three', 'three2', 'pool'),
      blockOut,
    ],
  }),
  long: block({
    title: 'Inception 17×17',
    note: 'A 7×7 window in two parts, 1×7 and 7×1, which need far fewer weights.',
    params: { middle: 128 },
    links: [
      blockIn,
      unit('one', 192, [1, 1], FROM_IN),
      unit('reduce', 'middle', [1, 1], FROM_IN),
      unit('row', 'middle', [1, 7]),
      unit('column', 192, [7, 1]),
      unit('reduceTwice', 'middle', [1, 1], FROM_IN),
      unit('column1', 'middle', [7, 1]),
      unit('row1', 'middle', [1, 7]),
      unit('column2', 'middle', [7, 1]),
      unit('row2', 192, [1, 7]),
      ...averaged(manner, 192),
      join('join', 'one', 'column', 'row2', 'project'),
      blockOut,
    ],
  }),
  shrinkAgain: block({
    title: 'Reduction to 8×8',
    note: 'Halves the image a second time.',
    links: [
      blockIn,
      unit('reduce', 192, [1, 1], FROM_IN),
      unit('three', 320, [3, 3], SHRINK),
      unit('reduceLong', 192, [1, 1], FROM_IN),
      unit('row', 192, [1, 7]),
      unit('column', 192, [7, 1]),
      unit('threeLong', 192, [3, 3], SHRINK),
      halve,
      join('join', 'three', 'threeLong', 'pool'),
      blockOut,
    ],
  }),
  wide: block({
    title: 'Inception 8×8',
    note: 'Rows and columns side by side: wide where the image is small.',
    links: [
      blockIn,
      unit('one', 320, [1, 1], FROM_IN),
      unit('reduce', 384, [1, 1], FROM_IN),
      unit('row', 384, [1, 3], { from: 'reduce' }),
      unit('column', 384, [3, 1], { from: 'reduce' }),
      join('cross', 'row', 'column'),
      unit('reduceTwice', 448, [1, 1], FROM_IN),
      unit('three', 384, [3, 3]),
      unit('row1', 384, [1, 3], { from: 'three' }),
      unit('column1', 384, [3, 1], { from: 'three' }),
      join('cross1', 'row1', 'column1'),
      ...averaged(manner, 192),
      join('join', 'one', 'cross', 'cross1', 'project'),
      blockOut,
    ],
  }),
  ...(manner.auxiliary && {
    auxiliary: block({
      title: 'Auxiliary classifier',
      note: 'Tells the classes from the middle of the network.',
      links: [
        link('pool', 'averagePooling2d', { poolSize: 5, strides: 3 }),
        unit('reduce', 128),
        link('five', 'block:unit', { filters: 768, height: 5, width: 5, padding: 'valid' }),
        link('average', 'globalAveragePooling2d'),
        link('classes', 'dense', { units: 1000, activation: 'softmax' }),
      ],
    }),
  }),
});

const draw = (manner: Manner): NetworkDocument =>
  network(manner.name, {
    links: [
      image(299),
      unit('conv1', 32, [3, 3], SHRINK),
      unit('conv2', 32, [3, 3], { padding: 'valid' }),
      unit('conv3', 64, [3, 3]),
      link('pool1', 'maxPooling2d', { poolSize: 3, strides: 2 }),
      unit('conv4', 80),
      unit('conv5', 192, [3, 3], { padding: 'valid' }),
      link('pool2', 'maxPooling2d', { poolSize: 3, strides: 2 }),
      link('mixed0', 'block:even', { pooled: 32 }),
      link('mixed1', 'block:even', { pooled: 64 }),
      link('mixed2', 'block:even', { pooled: 64 }),
      link('mixed3', 'block:shrink'),
      link('mixed4', 'block:long', { middle: 128 }),
      link('mixed5', 'block:long', { middle: 160 }),
      link('mixed6', 'block:long', { middle: 160 }),
      link('mixed7', 'block:long', { middle: 192 }),
      link('mixed8', 'block:shrinkAgain'),
      link('mixed9', 'block:wide'),
      link('mixed10', 'block:wide'),
      ...(manner.auxiliary ? withDropout(imagenetHead) : imagenetHead),
      ...(manner.auxiliary
        ? [
            link('auxiliary', 'block:auxiliary', undefined, 'mixed7'),
            link('auxiliaryLoss', 'crossEntropy', { weight: 0.4 }),
          ]
        : []),
    ],
    blocks: blocksOf(manner),
  });

const withDropout = ([average, ...rest]: readonly Link[]): Link[] => [
  ...(average ? [average] : []),
  link('dropout', 'dropout'),
  ...rest,
];

export const inceptionV3 = draw(KERAS);

/** Scales in its normalisation, averages that count the margin, and an auxiliary head. */
export const inceptionV3OfPytorch = draw(PYTORCH);
