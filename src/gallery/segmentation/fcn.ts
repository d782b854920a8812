/** Long, Shelhamer & Darrell 2015: VGG-16 with its dense layers made convolutions, FCN-32s. */
import { block, type Link, network } from '../chain';
import { image, link } from '../parts';

/** The classes of PASCAL VOC with the background. */
const CLASSES = 21;

const VGG = [
  { filters: 64, convs: 2 },
  { filters: 128, convs: 2 },
  { filters: 256, convs: 3 },
  { filters: 512, convs: 3 },
  { filters: 512, convs: 3 },
] as const;

const conv = (id: string, filters: number | string, kernelSize: number): Link =>
  link(id, 'conv2d', { filters, kernelSize, padding: 'same', activation: 'relu' });

export const fcn32s = network('FCN-32s', {
  links: [
    image(null),
    ...VGG.map((params, at) => link(`stage${at + 1}`, 'block:stage', { ...params })),
    conv('conv6', 4096, 7),
    link('dropout6', 'dropout'),
    conv('conv7', 4096, 1),
    link('dropout7', 'dropout'),
    link('scores', 'conv2d', { filters: CLASSES, kernelSize: 1 }),
    link('enlarge', 'conv2dTranspose', {
      filters: CLASSES,
      kernelSize: 64,
      strides: 32,
      padding: 'same',
      useBias: false,
    }),
    link('classes', 'activation', { function: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  blocks: {
    conv: block({
      title: 'Convolution',
      params: { filters: 64 },
      links: [conv('conv', 'filters', 3)],
    }),
    stage: block({
      title: 'Stage of VGG',
      note: '3×3 convolutions of one width, then pooling.',
      params: { filters: 64, convs: 2 },
      links: [
        { ...link('convs', 'block:conv', { filters: 'filters' }), repeat: 'convs' },
        link('pool', 'maxPooling2d'),
      ],
    }),
  },
});
