/** Szegedy et al. 2014, as torchvision has it: normalised, and 3×3 windows where the paper has 5×5. */
import type { Block, NetworkDocument } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetClasses, link, relu, type Size } from '../parts';

/** The filters of table 1: 1×1, 3×3 reduced, 3×3, 5×5 reduced, 5×5, after the pooling. */
const MODULES = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const;

const NAMES = ['ones', 'reduceThrees', 'threes', 'reduceFives', 'fives', 'pooled'] as const;

const unit = (id: string, filters: Size, kernel: Size, from?: string): Link =>
  link(id, 'block:unit', { filters, kernel }, from);

/** “Same” pooling is what PyTorch calls rounding up: a margin at the far edge where one is needed. */
const pool = (id: string, window: number, stride: number, from?: string): Link =>
  link(id, 'maxPooling2d', { poolSize: window, strides: stride, padding: 'same' }, from);

const module = (id: keyof typeof MODULES, from?: string): Link =>
  link(
    `inception${id}`,
    'block:inception',
    Object.fromEntries(NAMES.map((name, at) => [name, MODULES[id][at] ?? 1])),
    from,
  );

const normalization = { momentum: 0.9, epsilon: 0.001 };

const unitBlock = block({
  title: 'Convolution unit',
  note: 'A convolution, its normalisation and ReLU.',
  params: { filters: 64, kernel: 1 },
  links: [
    link('conv', 'conv2d', { filters: 'filters', kernelSize: 'kernel', padding: 'same', useBias: false }),
    link('norm', 'batchNormalization', normalization),
    relu('relu'),
  ],
});

const inceptionBlock = block({
  title: 'Inception module',
  note: 'Looks at the image through windows of several sizes at once, and lays what it sees side by side.',
  params: Object.fromEntries(NAMES.map((name, at) => [name, MODULES['3a'][at] ?? 1])),
  links: [
    blockIn,
    unit('one', 'ones', 1, 'in'),
    unit('reduceThree', 'reduceThrees', 1, 'in'),
    unit('three', 'threes', 3),
    unit('reduceFive', 'reduceFives', 1, 'in'),
    unit('five', 'fives', 3),
    pool('pool', 3, 1, 'in'),
    unit('project', 'pooled', 1),
    link('join', 'concatenate', undefined, ['one', 'three', 'five', 'project']),
    blockOut,
  ],
});

/** A second opinion from the middle, which gives the early layers gradients of their own. */
const auxiliaryBlock = block({
  title: 'Auxiliary classifier',
  note: 'Tells the classes from the middle of the network, so that the layers before it learn sooner.',
  links: [
    blockIn,
    link('pool', 'adaptiveAveragePooling2d', { outputSize: 4 }),
    unit('conv', 128, 1),
    link('flatten', 'flatten'),
    link('dense', 'dense', { units: 1024, activation: 'relu' }),
    link('dropout', 'dropout', { rate: 0.7 }),
    link('classes', 'dense', { units: 1000, activation: 'softmax' }),
    blockOut,
  ],
});

/** Each with a loss that counts a third of the main one. */
const auxiliary = (number: number, from: string): Link[] => [
  link(`auxiliary${number}`, 'block:auxiliary', undefined, from),
  link(`auxiliaryLoss${number}`, 'crossEntropy', { weight: 0.3 }),
];

export function googlenet(withAuxiliary: boolean): NetworkDocument {
  const blocks: Record<string, Block> = { unit: unitBlock, inception: inceptionBlock };
  if (withAuxiliary) blocks.auxiliary = auxiliaryBlock;
  return network(withAuxiliary ? 'GoogLeNet with auxiliary heads' : 'GoogLeNet', {
    links: [
      image(224),
      link('pad', 'zeroPadding2d', { padding: 3 }),
      link('conv1', 'conv2d', { filters: 64, kernelSize: 7, strides: 2, useBias: false }),
      link('norm1', 'batchNormalization', normalization),
      relu('relu1'),
      pool('pool1', 3, 2),
      unit('conv2', 64, 1),
      unit('conv3', 192, 3),
      pool('pool2', 3, 2),
      module('3a'),
      module('3b'),
      pool('pool3', 3, 2),
      module('4a'),
      module('4b'),
      module('4c'),
      module('4d'),
      module('4e'),
      pool('pool4', 2, 2),
      module('5a'),
      module('5b'),
      link('average', 'globalAveragePooling2d'),
      link('dropout', 'dropout', { rate: 0.2 }),
      ...imagenetClasses,
      ...(withAuxiliary ? [...auxiliary(1, 'inception4a'), ...auxiliary(2, 'inception4d')] : []),
    ],
    blocks,
  });
}
