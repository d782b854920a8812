/** Vaswani et al. 2017, table 3, row “base”: encoder and decoder, with one table of words for both and the way back. */
import { type Link, network } from '../chain';
import { link } from '../parts';
import { decoderBlock, layerBlock, repeated } from './parts';

/** Pieces of words that both languages share. */
const WORDS = 37_000;
const WIDTH = 512;

/** Word vectors times √width, with the waves that tell places. */
const embedded = (name: string, tiedTo?: string): Link[] => [
  link(name, 'input', { field: name, shape: [null] }, []),
  {
    ...link(`${name}Embedding`, 'embedding', { inputDim: WORDS, outputDim: WIDTH, maskZero: true }),
    ...(tiedTo !== undefined && { tiedTo }),
  },
  link(`${name}Scale`, 'scale', { factor: Number(Math.sqrt(WIDTH).toFixed(4)) }),
  link(`${name}Places`, 'sinusoidalPositionEncoding'),
];

export const transformerBase = network('Transformer base', {
  links: [
    ...embedded('target', 'sourceEmbedding'),
    ...embedded('source'),
    repeated('encoder', 'encoder', 6, WIDTH, 8),
    repeated('decoder', 'decoder', 6, WIDTH, 8, { in: 'targetPlaces', memory: 'encoder' }),
    { ...link('words', 'embeddingProjection', { inputDim: WORDS }), tiedTo: 'sourceEmbedding' },
    link('loss', 'crossEntropy', { from: 'logits', labelSmoothing: 0.1 }),
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'relu', epsilon: 1e-6 }, 'Encoder layer'),
    decoder: decoderBlock('Decoder layer', 1e-6),
  },
});
