/** Small Transformers for texts, each with a data set to learn from in the tab. */
import { type Link, network } from '../chain';
import { link, withAdam } from '../parts';
import { decoderBlock, layerBlock, repeated } from './parts';

const [WIDTH, HEADS] = [64, 4];

/** The characters of the novel and padding; as many as are read at once. */
const [CHARACTERS, LENGTH] = [63, 64];

export const gptNovel = network('GPT that continues a novel', {
  links: [
    link('text', 'input', { field: 'text' }),
    // Large beside the vectors of places from the first step on, or it takes the network an epoch to read.
    link('embedding', 'embedding', {
      inputDim: CHARACTERS,
      outputDim: WIDTH,
      embeddingsInitializer: { type: 'randomNormal', stddev: 0.5 },
    }),
    link('places', 'positionEmbedding', { maxLength: LENGTH }),
    repeated('decoder', 'layer', 2, WIDTH, HEADS),
    link('norm', 'layerNormalization', { epsilon: 1e-5 }),
    link('classes', 'dense', { units: CHARACTERS, activation: 'softmax' }),
    link('loss', 'crossEntropy', { target: 'next' }),
  ],
  blocks: { layer: layerBlock({ norm: 'before', activation: 'gelu', epsilon: 1e-5, causal: true }, 'Layer') },
  training: withAdam(0.005, { dataset: 'novel', batchSize: 16, epochs: 2 }),
});

/** The words of the reviews; as many as are read at once, and the token in front. */
const [WORDS, PLACES] = [5000, 81];

export const bertReviews = network('BERT for reviews', {
  links: [
    link('words', 'input', { field: 'words' }),
    link('embedding', 'embedding', { inputDim: WORDS, outputDim: 32, maskZero: true }),
    link('token', 'classToken'),
    link('places', 'positionEmbedding', { maxLength: PLACES }),
    link('norm', 'layerNormalization', { epsilon: 1e-12 }),
    link('drop1', 'dropout', { rate: 0.2 }),
    repeated('encoder', 'encoder', 2, 32, 2),
    link('first', 'slice', { axis: 1, size: 1 }),
    link('flat', 'flatten'),
    link('pooler', 'dense', { units: 32, activation: 'tanh' }),
    link('drop2', 'dropout', { rate: 0.2 }),
    link('classes', 'dense', { units: 2, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'gelu', epsilon: 1e-12, dropout: 0.1 }, 'Encoder layer'),
  },
  training: withAdam(0.001, {
    dataset: 'reviews',
    batchSize: 32,
    epochs: 5,
    stopping: { patience: 2, minDelta: 0, restoreBest: true },
  }),
});

/** A text of the data set as vectors, with the waves that tell places. */
const embedded = (field: string, inputDim: number): Link[] => [
  link(field, 'input', { field }, []),
  link(`${field}Embedding`, 'embedding', { inputDim, outputDim: WIDTH, maskZero: true }),
  link(`${field}Places`, 'sinusoidalPositionEncoding'),
];

/** Letters and sounds, each with padding; sounds with a start and an end, too. */
const [LETTERS, SOUNDS] = [27, 42];

export const transformerPronunciation = network('Transformer for pronunciation', {
  links: [
    ...embedded('written', SOUNDS),
    ...embedded('letters', LETTERS),
    repeated('encoder', 'encoder', 1, WIDTH, HEADS),
    repeated('decoder', 'decoder', 1, WIDTH, HEADS, { in: 'writtenPlaces', memory: 'encoder' }),
    link('classes', 'dense', { units: SOUNDS, activation: 'softmax' }),
    link('loss', 'crossEntropy', { target: 'sounds' }),
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'relu', epsilon: 1e-6 }, 'Encoder layer'),
    decoder: decoderBlock('Decoder layer', 1e-6),
  },
  training: withAdam(0.003, { dataset: 'pronunciation', batchSize: 64, epochs: 5 }),
});
