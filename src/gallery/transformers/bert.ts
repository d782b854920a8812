/** Devlin et al. 2019: BERT, base size, without case; as far as the pooled first token. */
import { network } from '../chain';
import { link } from '../parts';
import { layerBlock, repeated } from './parts';

const [WORDS, WIDTH, PLACES] = [30_522, 768, 512];

export const bertBase = network('BERT-base', {
  links: [
    link('words', 'input', { field: 'words', shape: [PLACES] }),
    link('wordEmbedding', 'embedding', { inputDim: WORDS, outputDim: WIDTH }),
    link('segments', 'input', { field: 'segments', shape: [PLACES] }, []),
    link('segmentEmbedding', 'embedding', { inputDim: 2, outputDim: WIDTH }),
    link('sum', 'add', undefined, ['wordEmbedding', 'segmentEmbedding']),
    link('places', 'positionEmbedding', { maxLength: PLACES }),
    link('norm', 'layerNormalization', { epsilon: 1e-12 }),
    link('drop', 'dropout', { rate: 0.1 }),
    repeated('encoder', 'encoder', 12, WIDTH, 12),
    link('first', 'slice', { axis: 1, size: 1 }),
    link('flat', 'flatten'),
    link('pooler', 'dense', { units: WIDTH, activation: 'tanh' }),
  ],
  blocks: {
    encoder: layerBlock({ norm: 'after', activation: 'gelu', epsilon: 1e-12, dropout: 0.1 }, 'Encoder layer'),
  },
});
