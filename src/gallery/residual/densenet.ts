/** Huang et al. 2016: every layer reads what all before it in its block have written. */
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetHead, link, relu } from '../parts';

const norm = (id: string): Link => link(id, 'batchNormalization', { epsilon: 1.001e-5 });

/** Layers in each dense block of DenseNet-121, and the channels that the transition after it leaves. */
const BLOCKS = [
  { layers: 6, left: 128 },
  { layers: 12, left: 256 },
  { layers: 24, left: 512 },
  { layers: 16, left: null },
] as const;

export const densenet121 = network('DenseNet-121', {
  links: [
    image(224),
    link('pad1', 'zeroPadding2d', { padding: 3 }),
    link('conv1', 'conv2d', { filters: 64, kernelSize: 7, strides: 2, useBias: false }),
    norm('norm1'),
    relu('relu1'),
    link('pad', 'zeroPadding2d'),
    link('pool', 'maxPooling2d', { poolSize: 3, strides: 2 }),
    ...BLOCKS.flatMap(({ layers, left }, at): Link[] => [
      { ...link(`dense${at + 1}`, 'block:dense', { growth: 32 }), repeat: layers },
      ...(left === null ? [] : [link(`transition${at + 1}`, 'block:transition', { filters: left })]),
    ]),
    norm('norm'),
    relu('relu'),
    ...imagenetHead,
  ],
  blocks: {
    dense: block({
      title: 'Dense layer',
      note: 'Adds a few channels of its own to all that came in.',
      params: { growth: 32 },
      links: [
        blockIn,
        norm('norm1'),
        relu('relu1'),
        link('conv1', 'conv2d', { filters: '4*growth', kernelSize: 1, useBias: false }),
        norm('norm2'),
        relu('relu2'),
        link('conv2', 'conv2d', { filters: 'growth', kernelSize: 3, padding: 'same', useBias: false }),
        link('join', 'concatenate', undefined, ['in', 'conv2']),
        blockOut,
      ],
    }),
    transition: block({
      title: 'Transition',
      note: 'Halves the channels and the image.',
      params: { filters: 128 },
      links: [
        norm('norm'),
        relu('relu'),
        link('conv', 'conv2d', { filters: 'filters', kernelSize: 1, useBias: false }),
        link('pool', 'averagePooling2d'),
      ],
    }),
  },
});
