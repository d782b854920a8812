/** Tan & Le 2019: the smallest of a family found by search, as Keras's applications have it. */
import type { Block, Json } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetClasses, link, type Size } from '../parts';

const he = { type: 'varianceScaling', scale: 2, mode: 'fan_out', distribution: 'truncated_normal' };

const swish = (id: string): Link => link(id, 'activation', { function: 'silu' });

const conv = (id: string, filters: Size, more: Record<string, Json> = {}, from?: string): Link =>
  link(id, 'conv2d', { filters, kernelSize: 1, kernelInitializer: he, ...more }, from);

const plain = { useBias: false };

/** Looks at the average of each channel and says by how much each counts. */
const squeezeAndExcite = (filters: string, squeezed: string): Link[] => [
  link('squeeze', 'globalAveragePooling2d', { keepdims: true }),
  conv('reduce', squeezed, { activation: 'silu' }),
  conv('excite', filters, { activation: 'sigmoid' }),
  link('scale', 'multiply', undefined, ['swish2', 'excite']),
];

/** Images have even sides here, so “same” pads as Keras's ZeroPadding2D before it does. */
const filterAndNarrow = (stride: Size, widened: string, squeezed: string): Link[] => [
  link('depthwise', 'depthwiseConv2d', {
    kernelSize: 'kernel',
    ...(stride !== 1 && { strides: stride }),
    padding: 'same',
    useBias: false,
    depthwiseInitializer: he,
  }),
  link('norm2', 'batchNormalization'),
  swish('swish2'),
  ...squeezeAndExcite(widened, squeezed),
  conv('project', 'filters', plain),
  link('norm3', 'batchNormalization'),
];

const widen = (channels: string): Link[] => [
  conv('expand', `6*${channels}`, plain),
  link('norm1', 'batchNormalization'),
  swish('swish1'),
];

const inverted = (title: string, note: string, params: Record<string, Json>, links: readonly Link[]): Block =>
  block({ title, note, params, links: [blockIn, ...links, blockOut] });

const blocks: Record<string, Block> = {
  first: inverted(
    'MBConv, first',
    'Without the widening.',
    { channels: 32, filters: 16, kernel: 3 },
    filterAndNarrow(1, 'channels', 'channels/4'),
  ),
  changing: inverted(
    'MBConv without skip',
    'Widens six times, filters, weighs the channels, and narrows to another number of them.',
    { channels: 16, filters: 24, kernel: 3, stride: 2 },
    [...widen('channels'), ...filterAndNarrow('stride', '6*channels', 'channels/4')],
  ),
  residual: inverted(
    'MBConv',
    'Widens six times, filters, weighs the channels and narrows. While training, whole blocks are left out at random (stochastic depth).',
    { filters: 24, kernel: 3, drop: 0.1 },
    [
      ...widen('filters'),
      ...filterAndNarrow(1, '6*filters', 'filters/4'),
      link('drop', 'dropout', { rate: 'drop', noiseShape: [null, 1, 1, 1] }),
      link('add', 'add', undefined, ['drop', 'in']),
    ],
  ),
  stage: block({
    title: 'Stage',
    note: 'Blocks of one width; the first changes the size. Later blocks are left out more often.',
    params: { channels: 16, filters: 24, kernel: 3, stride: 2, more: 1, drop: 0.1 },
    links: [
      link('first', 'block:changing', {
        channels: 'channels',
        filters: 'filters',
        kernel: 'kernel',
        stride: 'stride',
      }),
      {
        ...link('more', 'block:residual', { filters: 'filters', kernel: 'kernel' }),
        repeat: 'more',
        along: { drop: ['drop', 'drop+0.0125', 'drop+0.025'] },
      },
    ],
  }),
};

/** Table 1 of the paper. Of sixteen blocks the last would be left out with probability 0.2, the first never. */
const STAGES = [
  { channels: 16, filters: 24, kernel: 3, stride: 2, more: 1, drop: 0.025 },
  { channels: 24, filters: 40, kernel: 5, stride: 2, more: 1, drop: 0.05 },
  { channels: 40, filters: 80, kernel: 3, stride: 2, more: 2, drop: 0.075 },
  { channels: 80, filters: 112, kernel: 5, stride: 1, more: 2, drop: 0.1125 },
  { channels: 112, filters: 192, kernel: 5, stride: 2, more: 3, drop: 0.15 },
] as const;

export const efficientnetB0 = network('EfficientNet-B0', {
  links: [
    image(224),
    link('rescaling', 'rescaling'),
    link('normalization', 'normalization'),
    conv('conv1', 32, { kernelSize: 3, strides: 2, padding: 'same', ...plain }),
    link('norm1', 'batchNormalization'),
    swish('swish1'),
    link('stage1', 'block:first', { channels: 32, filters: 16, kernel: 3 }),
    ...STAGES.map((params, at) => link(`stage${at + 2}`, 'block:stage', { ...params })),
    link('stage7', 'block:changing', { channels: 192, filters: 320, kernel: 3, stride: 1 }),
    conv('conv8', 1280, plain),
    link('norm8', 'batchNormalization'),
    swish('swish8'),
    link('average', 'globalAveragePooling2d'),
    link('dropout', 'dropout', { rate: 0.2 }),
    ...imagenetClasses,
  ],
  blocks,
});
