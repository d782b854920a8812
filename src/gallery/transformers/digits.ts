/** Small Transformers that learn in the tab: a handwritten digit is read as 28 rows, from the top. */
import { type Link, network } from '../chain';
import { link } from '../parts';
import { layerBlock, repeated } from './parts';

const [ROWS, WIDTH, HEADS, LAYERS] = [28, 64, 4, 2];

/** Each row of pixels as a vector, as a text has one for each word. */
const rows: readonly Link[] = [
  link('image', 'input'),
  link('rows', 'reshape', { targetShape: [ROWS, ROWS] }),
  link('embedding', 'dense', { units: WIDTH }),
];

const classes: readonly Link[] = [
  link('classes', 'dense', { units: 10, activation: 'softmax' }),
  link('loss', 'crossEntropy'),
];

const training = { dataset: 'mnist', batchSize: 64, epochs: 3 };

const first: readonly Link[] = [link('first', 'slice', { axis: 1, size: 1 }), link('flat', 'flatten')];

export const transformerDigits = network('Transformer for digits', {
  links: [
    ...rows,
    link('places', 'sinusoidalPositionEncoding'),
    repeated('encoder', 'encoder', LAYERS, WIDTH, HEADS),
    link('average', 'globalAveragePooling1d'),
    ...classes,
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'relu', epsilon: 1e-6, dropout: 0.1 }, 'Encoder layer'),
  },
  training,
});

export const bertDigits = network('BERT for digits', {
  links: [
    ...rows,
    link('token', 'classToken'),
    link('places', 'positionEmbedding', { maxLength: ROWS + 1 }),
    link('norm', 'layerNormalization', { epsilon: 1e-12 }),
    repeated('encoder', 'encoder', LAYERS, WIDTH, HEADS),
    ...first,
    link('pooler', 'dense', { units: WIDTH, activation: 'tanh' }),
    ...classes,
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'gelu', epsilon: 1e-12, dropout: 0.1 }, 'Encoder layer'),
  },
  training,
});

export const gptDigits = network('GPT for digits', {
  links: [
    ...rows,
    link('places', 'positionEmbedding', { maxLength: ROWS }),
    repeated('decoder', 'layer', LAYERS, WIDTH, HEADS),
    link('norm', 'layerNormalization', { epsilon: 1e-5 }),
    link('last', 'slice', { axis: 1, start: ROWS - 1, size: 1 }),
    link('flat', 'flatten'),
    ...classes,
  ],
  blocks: {
    layer: layerBlock({ norm: 'before', activation: 'gelu', epsilon: 1e-5, causal: true, dropout: 0.1 }, 'Layer'),
  },
  training,
});
