/** Chollet 2016: Inception taken to its end, convolutions over space and over channels wholly apart. */
import type { Block } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetHead, link, relu, type Size } from '../parts';

const separable = (number: number, filters: Size): Link[] => [
  link(`separable${number}`, 'separableConv2d', { filters, kernelSize: 3, padding: 'same', useBias: false }),
  link(`norm${number}`, 'batchNormalization'),
];

const conv = (number: number, filters: number, strides: number): Link[] => [
  link(`conv${number}`, 'conv2d', { filters, kernelSize: 3, strides, useBias: false }),
  link(`norm${number}`, 'batchNormalization'),
  relu(`relu${number}`),
];

/** Two separable convolutions and pooling beside a strided 1×1 one. The first follows a ReLU and has none to begin with. */
const entry = (title: string, begins: boolean, narrow: Size): Block =>
  block({
    title,
    note: 'Halves the image: separable convolutions and pooling, added to a strided 1×1 convolution.',
    params: { filters: 128, ...(narrow !== 'filters' && { narrow: 128 }) },
    links: [
      blockIn,
      ...(begins ? [relu('relu1')] : []),
      ...separable(1, narrow),
      relu('relu2'),
      ...separable(2, 'filters'),
      link('pool', 'maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }),
      link(
        'project',
        'conv2d',
        { filters: 'filters', kernelSize: 1, strides: 2, padding: 'same', useBias: false },
        'in',
      ),
      link('norm3', 'batchNormalization'),
      link('add', 'add', undefined, ['pool', 'norm3']),
      blockOut,
    ],
  });

const middle = block({
  title: 'Middle flow',
  note: 'Three separable convolutions beside a plain skip.',
  links: [
    blockIn,
    ...[1, 2, 3].flatMap((number) => [relu(`relu${number}`), ...separable(number, 728)]),
    link('add', 'add', undefined, ['norm3', 'in']),
    blockOut,
  ],
});

export const xception = network('Xception', {
  links: [
    image(299),
    ...conv(1, 32, 2),
    ...conv(2, 64, 1),
    link('entry1', 'block:first', { filters: 128 }),
    link('entry2', 'block:entry', { filters: 256 }),
    link('entry3', 'block:entry', { filters: 728 }),
    { ...link('middle', 'block:middle'), repeat: 8 },
    link('exit', 'block:exit', { narrow: 728, filters: 1024 }),
    ...separable(3, 1536),
    relu('relu3'),
    ...separable(4, 2048),
    relu('relu4'),
    ...imagenetHead,
  ],
  blocks: {
    first: entry('Entry flow, first', false, 'filters'),
    entry: entry('Entry flow', true, 'filters'),
    middle,
    exit: entry('Exit flow', true, 'narrow'),
  },
});
