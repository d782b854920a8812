/** Iandola et al. 2016, version 1.0 as torchvision has it. */
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, link } from '../parts';

const conv = (id: string, filters: number | string, kernelSize: number, from?: string): Link =>
  link(id, 'conv2d', { filters, kernelSize, activation: 'relu', ...(kernelSize > 1 && { padding: 'same' }) }, from);

const fire = (number: number, squeezed: number, expanded: number): Link =>
  link(`fire${number}`, 'block:fire', { squeezed, expanded });

/** “Same” is what PyTorch calls rounding up: a margin at the far edge where one is needed. */
const pool = (number: number): Link =>
  link(`pool${number}`, 'maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' });

export const squeezenet = network('SqueezeNet', {
  links: [
    image(224),
    link('conv1', 'conv2d', { filters: 96, kernelSize: 7, strides: 2, activation: 'relu' }),
    link('pool1', 'maxPooling2d', { poolSize: 3, strides: 2 }),
    fire(2, 16, 64),
    fire(3, 16, 64),
    fire(4, 32, 128),
    pool(4),
    fire(5, 32, 128),
    fire(6, 48, 192),
    fire(7, 48, 192),
    fire(8, 64, 256),
    link('pool8', 'maxPooling2d', { poolSize: 3, strides: 2 }),
    fire(9, 64, 256),
    link('dropout', 'dropout'),
    conv('conv10', 1000, 1),
    link('average', 'globalAveragePooling2d'),
    link('classes', 'activation', { function: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  blocks: {
    fire: block({
      title: 'Fire module',
      note: 'Squeezes the channels by a 1×1 convolution, then expands them by 1×1 and 3×3 ones side by side.',
      params: { squeezed: 16, expanded: 64 },
      links: [
        blockIn,
        conv('squeeze', 'squeezed', 1),
        conv('one', 'expanded', 1, 'squeeze'),
        conv('three', 'expanded', 3, 'squeeze'),
        link('join', 'concatenate', undefined, ['one', 'three']),
        blockOut,
      ],
    }),
  },
});
