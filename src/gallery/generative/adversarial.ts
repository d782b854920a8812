/** Two networks against each other: one makes pictures, one tells them from real ones. It is drawn twice, with one set of weights. */
import type { Block } from '@/document';
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, link } from '../parts';

const leaky = (id: string, slope = 0.2): Link => link(id, 'activation', { function: 'leakyRelu', slope });

const NOISE = 100;

/** The picture that is made and the real one, each before the same judge. */
const judged = (judge: string): Link[] => [
  { ...link('ofMade', `block:${judge}`, undefined, 'generator'), name: 'judge of the made' },
  link('image', 'input', { shape: [28, 28, 1] }, []),
  { ...link('ofReal', `block:${judge}`), tiedTo: 'ofMade', name: 'judge of the real' },
];

const adversaries = (name: string, generator: Block, discriminator: Block) =>
  network(name, {
    links: [
      link('noise', 'input', { field: 'noise', shape: [NOISE] }),
      link('generator', 'block:generator'),
      ...judged('discriminator'),
    ],
    blocks: { generator, discriminator },
  });

/** Goodfellow et al. 2014, with layers as courses draw them. */
export const gan = adversaries(
  'GAN',
  block({
    title: 'Generator',
    note: 'Makes a picture out of noise.',
    links: [
      blockIn,
      link('dense1', 'dense', { units: 256 }),
      leaky('leaky1'),
      link('dense2', 'dense', { units: 512 }),
      leaky('leaky2'),
      link('pixels', 'dense', { units: 784, activation: 'tanh' }),
      link('picture', 'reshape', { targetShape: [28, 28, 1] }),
      blockOut,
    ],
  }),
  block({
    title: 'Discriminator',
    note: 'Tells how likely a picture is real.',
    links: [
      blockIn,
      link('flatten', 'flatten'),
      link('dense1', 'dense', { units: 512 }),
      leaky('leaky1'),
      link('dense2', 'dense', { units: 256 }),
      leaky('leaky2'),
      link('real', 'dense', { units: 1, activation: 'sigmoid' }),
      blockOut,
    ],
  }),
);

const up = (id: string, filters: number, strides: number): Link =>
  link(id, 'conv2dTranspose', { filters, kernelSize: 5, strides, padding: 'same', useBias: false });
const norm = (id: string): Link => link(id, 'batchNormalization');

/** The sizes are those of TensorFlow's tutorial. */
const convolutionalGenerator = block({
  title: 'Generator',
  note: 'Makes a picture out of noise, doubling its size step by step.',
  links: [
    link('dense', 'dense', { units: 7 * 7 * 256, useBias: false }),
    norm('norm1'),
    leaky('leaky1', 0.3),
    link('map', 'reshape', { targetShape: [7, 7, 256] }),
    up('up1', 128, 1),
    norm('norm2'),
    leaky('leaky2', 0.3),
    up('up2', 64, 2),
    norm('norm3'),
    leaky('leaky3', 0.3),
    link('picture', 'conv2dTranspose', {
      filters: 1,
      kernelSize: 5,
      strides: 2,
      padding: 'same',
      useBias: false,
      activation: 'tanh',
    }),
  ],
});

const down = (id: string, filters: number): Link =>
  link(id, 'conv2d', { filters, kernelSize: 5, strides: 2, padding: 'same' });

/** Radford, Metz & Chintala 2016. */
export const dcgan = adversaries(
  'DCGAN',
  convolutionalGenerator,
  block({
    title: 'Discriminator',
    note: 'Tells how likely a picture is real.',
    links: [
      down('conv1', 64),
      leaky('leaky1', 0.3),
      link('drop1', 'dropout', { rate: 0.3 }),
      down('conv2', 128),
      leaky('leaky2', 0.3),
      link('drop2', 'dropout', { rate: 0.3 }),
      link('flatten', 'flatten'),
      link('real', 'dense', { units: 1 }),
    ],
  }),
);

/** Gulrajani et al. 2017: the judge gives a score without bounds, and normalises each picture by itself. */
export const wganGp = adversaries(
  'WGAN-GP',
  convolutionalGenerator,
  block({
    title: 'Critic',
    note: 'Gives a score: the higher, the more like a real picture. Normalised by sample, since its slope is asked for by sample.',
    links: [
      down('conv1', 64),
      leaky('leaky1'),
      down('conv2', 128),
      link('norm2', 'layerNormalization'),
      leaky('leaky2'),
      link('flatten', 'flatten'),
      link('score', 'dense', { units: 1 }),
    ],
  }),
);
