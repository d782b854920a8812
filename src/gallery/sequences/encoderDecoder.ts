/** Luong, Pham & Manning 2015: two LSTMs, the second of which looks back at what the first has read. */
import { network } from '../chain';
import { link } from '../parts';

/** The 50,000 most frequent words of each language are the paper's; these are as many as a course takes. */
const WORDS = 10_000;
const [SIZE, UNITS] = [256, 512];

export const encoderDecoder = network('Encoder-decoder LSTM with attention', {
  links: [
    link('source', 'input', { field: 'source', shape: [null] }),
    link('sourceEmbedding', 'embedding', { inputDim: WORDS, outputDim: SIZE, maskZero: true }),
    link('encoder', 'lstm', { units: UNITS, returnSequences: true, returnState: true }),
    link('target', 'input', { field: 'target', shape: [null] }, []),
    link('targetEmbedding', 'embedding', { inputDim: WORDS, outputDim: SIZE, maskZero: true }),
    link(
      'decoder',
      'lstm',
      { units: UNITS, returnSequences: true },
      { in: 'targetEmbedding', state: 'encoder:state', cell: 'encoder:cell' },
    ),
    link('attention', 'attention', undefined, { query: 'decoder', value: 'encoder' }),
    link('both', 'concatenate', undefined, ['attention', 'decoder']),
    link('attentional', 'dense', { units: UNITS, activation: 'tanh', useBias: false }),
    link('words', 'dense', { units: WORDS, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
});
