/** A Transformer for reviews, of the size of Keras's example “Text classification with Transformer”. */
import { network } from '../chain';
import { link } from '../parts';
import { layerBlock, repeated } from './parts';

const [WORDS, WIDTH, LENGTH] = [20_000, 32, 200];

export const transformerClassifier = network('Transformer for sentiment', {
  links: [
    link('words', 'input', { field: 'words', shape: [LENGTH] }),
    link('embedding', 'embedding', { inputDim: WORDS, outputDim: WIDTH }),
    link('places', 'positionEmbedding', { maxLength: LENGTH }),
    repeated('encoder', 'encoder', 2, WIDTH, 2),
    link('average', 'globalAveragePooling1d'),
    link('drop1', 'dropout', { rate: 0.1 }),
    link('dense', 'dense', { units: 20, activation: 'relu' }),
    link('drop2', 'dropout', { rate: 0.1 }),
    link('classes', 'dense', { units: 2, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'relu', epsilon: 1e-6, dropout: 0.1 }, 'Encoder layer'),
  },
});
