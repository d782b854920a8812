/** Mirza & Osindero 2014: maker and judge are told the class, each by a vector that it learns for it. */
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, link } from '../parts';

const leaky = (id: string): Link => link(id, 'activation', { function: 'leakyRelu', slope: 0.2 });

/** The digit as a second way in, and as 50 numbers. */
const told: readonly Link[] = [
  { ...link('label', 'blockInput', { index: 1 }, []), name: 'digit' },
  link('labelEmbedding', 'embedding', { inputDim: 10, outputDim: 50 }),
  link('labelFlat', 'flatten'),
];

const judge = (id: string, picture: string): Link =>
  link(id, 'block:discriminator', undefined, { in: picture, label: 'digit' });

export const conditionalGan = network('Conditional GAN', {
  links: [
    link('noise', 'input', { field: 'noise', shape: [100] }),
    link('digit', 'input', { field: 'digit', shape: [1] }, []),
    link('generator', 'block:generator', undefined, { in: 'noise', label: 'digit' }),
    { ...judge('ofMade', 'generator'), name: 'judge of the made' },
    link('image', 'input', { shape: [28, 28, 1] }, []),
    { ...judge('ofReal', 'image'), tiedTo: 'ofMade', name: 'judge of the real' },
  ],
  blocks: {
    generator: block({
      title: 'Generator',
      note: 'Makes the digit that is asked for out of noise.',
      links: [
        { ...blockIn, name: 'noise' },
        ...told,
        link('both', 'concatenate', undefined, ['in', 'labelFlat']),
        link('dense1', 'dense', { units: 256 }),
        leaky('leaky1'),
        link('dense2', 'dense', { units: 512 }),
        leaky('leaky2'),
        link('pixels', 'dense', { units: 784, activation: 'tanh' }),
        link('picture', 'reshape', { targetShape: [28, 28, 1] }),
        blockOut,
      ],
    }),
    discriminator: block({
      title: 'Discriminator',
      note: 'Tells how likely a picture is a real one of that digit.',
      links: [
        { ...blockIn, name: 'picture' },
        link('flatten', 'flatten'),
        ...told,
        link('both', 'concatenate', undefined, ['flatten', 'labelFlat']),
        link('dense1', 'dense', { units: 512 }),
        leaky('leaky1'),
        link('dense2', 'dense', { units: 256 }),
        leaky('leaky2'),
        link('real', 'dense', { units: 1, activation: 'sigmoid' }),
        blockOut,
      ],
    }),
  },
});
