/** Networks that learn what is alike: the same weights look at two things, or at three. */
import { block, type Link, network } from '../chain';
import { link } from '../parts';

const conv = (id: string, filters: number): Link =>
  link(id, 'conv2d', { filters, kernelSize: 3, padding: 'same', activation: 'relu' });

/** A picture as a short list of numbers. */
const tower = block({
  title: 'Embedding network',
  note: 'A picture as 64 numbers: alike for pictures that are alike.',
  links: [
    conv('conv1', 32),
    link('pool1', 'maxPooling2d'),
    conv('conv2', 64),
    link('pool2', 'maxPooling2d'),
    link('flatten', 'flatten'),
    link('numbers', 'dense', { units: 64 }),
  ],
});

const look = (id: string, tiedTo?: string): Link[] => [
  link(id, 'input', { field: id, shape: [28, 28, 1] }, []),
  { ...link(`${id}Numbers`, 'block:tower'), ...(tiedTo !== undefined && { tiedTo: `${tiedTo}Numbers` }) },
];

/** Bromley et al. 1993. */
export const siamese = network('Siamese network', {
  links: [
    ...look('one'),
    ...look('other', 'one'),
    link('difference', 'absoluteDifference', undefined, { a: 'oneNumbers', b: 'otherNumbers' }),
    link('same', 'dense', { units: 1, activation: 'sigmoid' }),
  ],
  blocks: { tower },
});

/** Schroff, Kalenichenko & Philbin 2015. */
export const triplet = network('Triplet network', {
  links: [
    ...look('anchor'),
    ...look('positive', 'anchor'),
    ...look('negative', 'anchor'),
    link('near', 'dot', { axes: [-1], normalize: true }, { a: 'anchorNumbers', b: 'positiveNumbers' }),
    link('far', 'dot', { axes: [-1], normalize: true }, { a: 'anchorNumbers', b: 'negativeNumbers' }),
  ],
  blocks: { tower },
});

const side = (id: string, count: number): Link[] => [
  link(id, 'input', { field: id, shape: [1] }, []),
  link(`${id}Embedding`, 'embedding', { inputDim: count, outputDim: 32 }),
  link(`${id}Flat`, 'flatten'),
  link(`${id}Dense`, 'dense', { units: 64, activation: 'relu' }),
  link(`${id}Numbers`, 'dense', { units: 32 }),
];

/** Covington, Adams & Sargin 2016 and after: a tower for who asks, one for what there is. The counts are MovieLens 100K's. */
export const twoTower = network('Two-tower network', {
  links: [
    ...side('user', 943),
    ...side('film', 1682),
    link('likes', 'dot', { axes: [-1], normalize: true }, { a: 'userNumbers', b: 'filmNumbers' }),
  ],
});

const [WORDS, SIZE] = [4096, 128];

/** Mikolov et al. 2013, of the sizes of TensorFlow's tutorial: with each true neighbour, four that are none. */
export const word2vec = network('word2vec', {
  links: [
    link('word', 'input', { field: 'word', shape: [1] }),
    link('wordVector', 'embedding', { inputDim: WORDS, outputDim: SIZE }),
    link('neighbours', 'input', { field: 'neighbours', shape: [5] }, []),
    link('neighbourVectors', 'embedding', { inputDim: WORDS, outputDim: SIZE }),
    link('scores', 'dot', { axes: [-1] }, { a: 'wordVector', b: 'neighbourVectors' }),
  ],
});
