/** Howard et al. 2017 and Sandler et al. 2018, as Keras's applications have them. */
import type { Block, Json, NetworkDocument } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetHead, link, type Size } from '../parts';

type Settings = Record<string, Json>;

const relu6 = (id: string): Link => link(id, 'activation', { function: 'relu6' });

const conv = (id: string, filters: Size, more: Settings = { kernelSize: 1 }): Link =>
  link(id, 'conv2d', { filters, ...more, useBias: false });

const stem: Settings = { kernelSize: 3, strides: 2, padding: 'same' };

/** One filter for each channel. Images have even sides here, so “same” pads as Keras's ZeroPadding2D before it does. */
const depthwise = (strides: Size): Link =>
  link('depthwise', 'depthwiseConv2d', {
    kernelSize: 3,
    ...(strides !== 1 && { strides }),
    padding: 'same',
    useBias: false,
  });

const separable = block({
  title: 'Depthwise separable convolution',
  note: 'A filter for each channel, then a mixing of the channels at each pixel: an eighth of the work of a 3×3 convolution.',
  params: { filters: 64, stride: 1 },
  links: [
    depthwise('stride'),
    link('norm1', 'batchNormalization'),
    relu6('relu1'),
    conv('pointwise', 'filters'),
    link('norm2', 'batchNormalization'),
    relu6('relu2'),
  ],
});

/** Filters and stride of the thirteen separable convolutions (table 1 of the paper), equal ones together. */
const SEPARABLE = [
  { filters: 64, stride: 1 },
  { filters: 128, stride: 2, more: 1 },
  { filters: 256, stride: 2, more: 1 },
  { filters: 512, stride: 2, more: 5 },
  { filters: 1024, stride: 2, more: 1 },
] as const;

export const mobilenetV1 = network('MobileNet v1', {
  links: [
    image(224),
    conv('conv1', 32, stem),
    link('norm1', 'batchNormalization'),
    relu6('relu1'),
    ...SEPARABLE.map(({ filters, stride, ...rest }, at): Link => {
      const drawn = link(`stage${at + 1}`, 'block:separable', { filters, stride });
      return 'more' in rest ? { ...drawn, repeat: 1 + rest.more, along: { stride: [stride, 1] } } : drawn;
    }),
    link('average', 'globalAveragePooling2d', { keepdims: true }),
    link('dropout', 'dropout', { rate: 0.001 }),
    link('scores', 'conv2d', { filters: 1000, kernelSize: 1 }),
    link('reshape', 'reshape', { targetShape: [1000] }),
    link('classes', 'activation', { function: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  blocks: { separable },
});

const norm = (id: string): Link => link(id, 'batchNormalization', { momentum: 0.999 });

/** Widened (unless it is the very first), filtered, and narrowed again without an activation. */
const inverted = (title: string, note: string, params: Settings, links: readonly Link[]): Block =>
  block({ title, note, params, links: [blockIn, ...links, blockOut] });

const widen = (channels: string): Link[] => [conv('expand', `6*${channels}`), norm('norm1'), relu6('relu1')];

const filterAndNarrow = (stride: Size): Link[] => [
  depthwise(stride),
  norm('norm2'),
  relu6('relu2'),
  conv('project', 'filters'),
  norm('norm3'),
];

const blocks: Record<string, Block> = {
  first: inverted('Inverted residual, first', 'Without the widening.', { filters: 16 }, filterAndNarrow(1)),
  changing: inverted(
    'Inverted residual without skip',
    'Widens six times, filters, and narrows to another number of channels.',
    { channels: 16, filters: 24, stride: 2 },
    [...widen('channels'), ...filterAndNarrow('stride')],
  ),
  residual: inverted(
    'Inverted residual',
    'Widens six times, filters and narrows; the skip joins the narrow ends.',
    { filters: 24 },
    [...widen('filters'), ...filterAndNarrow(1), link('add', 'add', undefined, ['in', 'norm3'])],
  ),
  stage: block({
    title: 'Stage',
    note: 'Inverted residuals of one width; the first changes the size.',
    params: { channels: 16, filters: 24, stride: 2, more: 1 },
    links: [
      link('first', 'block:changing', { channels: 'channels', filters: 'filters', stride: 'stride' }),
      { ...link('more', 'block:residual', { filters: 'filters' }), repeat: 'more' },
    ],
  }),
};

/** Table 2 of the paper: channels, how many blocks, stride of the first. */
const INVERTED = [
  { channels: 16, filters: 24, stride: 2, more: 1 },
  { channels: 24, filters: 32, stride: 2, more: 2 },
  { channels: 32, filters: 64, stride: 2, more: 3 },
  { channels: 64, filters: 96, stride: 1, more: 2 },
  { channels: 96, filters: 160, stride: 2, more: 2 },
] as const;

export const mobilenetV2: NetworkDocument = network('MobileNet v2', {
  links: [
    image(224),
    conv('conv1', 32, stem),
    norm('norm1'),
    relu6('relu1'),
    link('stage1', 'block:first', { filters: 16 }),
    ...INVERTED.map((params, at) => link(`stage${at + 2}`, 'block:stage', { ...params })),
    link('stage7', 'block:changing', { channels: 160, filters: 320, stride: 1 }),
    conv('conv8', 1280),
    norm('norm8'),
    relu6('relu8'),
    ...imagenetHead,
  ],
  blocks,
});
