/** He et al. 2016, “Identity mappings”: normalisation and ReLU before each convolution, nothing on the skip. As Keras has it. */
import type { Block } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetHead, link, relu, type Size } from '../parts';

const norm = (id: string): Link => link(id, 'batchNormalization', { epsilon: 1.001e-5 });

/** From what `relu` gives to four times the filters. */
const bottleneck = (stride: Size): Link[] => [
  norm('norm'),
  relu('relu'),
  link('conv1', 'conv2d', { filters: 'filters', kernelSize: 1, useBias: false }),
  norm('norm1'),
  relu('relu1'),
  link('pad2', 'zeroPadding2d'),
  link('conv2', 'conv2d', {
    filters: 'filters',
    kernelSize: 3,
    ...(stride !== 1 && { strides: stride }),
    useBias: false,
  }),
  norm('norm2'),
  relu('relu2'),
  link('conv3', 'conv2d', { filters: '4*filters', kernelSize: 1 }),
];

const residual = (title: string, note: string, stride: Size, skip: Link[]): Block =>
  block({
    title,
    note,
    params: { filters: 64, ...(stride !== 1 && { stride: 2 }) },
    links: [
      blockIn,
      ...bottleneck(stride),
      ...skip,
      link('add', 'add', undefined, [skip.at(-1)?.id ?? 'in', 'conv3']),
      blockOut,
    ],
  });

/** Ends with a stride, but for the last stage, which has none. */
const stage = (last: string): Block =>
  block({
    title: last === 'strided' ? 'Stage' : 'Last stage',
    note: 'Bottlenecks of one width; the first changes the channels.',
    params: { filters: 64, between: 1 },
    links: [
      link('first', 'block:projected', { filters: 'filters' }),
      { ...link('between', 'block:residual', { filters: 'filters' }), repeat: 'between' },
      link('last', `block:${last}`, { filters: 'filters' }),
    ],
  });

export const resnet50V2 = network('ResNet-50 v2', {
  links: [
    image(224),
    link('pad1', 'zeroPadding2d', { padding: 3 }),
    link('conv1', 'conv2d', { filters: 64, kernelSize: 7, strides: 2 }),
    link('pad', 'zeroPadding2d'),
    link('pool', 'maxPooling2d', { poolSize: 3, strides: 2 }),
    link('stage1', 'block:stage', { filters: 64, between: 1 }),
    link('stage2', 'block:stage', { filters: 128, between: 2 }),
    link('stage3', 'block:stage', { filters: 256, between: 4 }),
    link('stage4', 'block:lastStage', { filters: 512, between: 1 }),
    norm('norm'),
    relu('relu'),
    ...imagenetHead,
  ],
  blocks: {
    residual: residual('Bottleneck', 'What comes in goes on untouched; the convolutions add to it.', 1, []),
    projected: residual(
      'Bottleneck with projection',
      'Begins a stage: other channels come out than go in, so a 1×1 convolution fits the skip to them.',
      1,
      [link('project', 'conv2d', { filters: '4*filters', kernelSize: 1 }, 'relu')],
    ),
    strided: residual('Bottleneck with stride', 'Ends a stage: the skip takes every other pixel.', 'stride', [
      link('pool', 'maxPooling2d', { poolSize: 1, strides: 'stride' }, 'in'),
    ]),
    stage: stage('strided'),
    lastStage: stage('residual'),
  },
});
