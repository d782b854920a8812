/** Small networks for texts, each with a data set to learn from in the tab. */
import { type Link, network } from '../chain';
import { link, withAdam } from '../parts';

/** A text of the data set, 0 where it has ended. */
const text = (field: string): Link => link(field, 'input', { field });

const embedding = (words: number, size: number, maskZero = true): Link =>
  link('embedding', 'embedding', { inputDim: words, outputDim: size, ...(maskZero && { maskZero }) });

const classes = (units: number, from?: Link['from']): Link =>
  link('classes', 'dense', { units, activation: 'softmax' }, from);

const loss = (target: string): Link => link('loss', 'crossEntropy', { target });

export const rnnNames = network('RNN for names', {
  links: [text('letters'), embedding(28, 16), link('rnn', 'simpleRnn', { units: 64 }), classes(2), loss('label')],
  training: withAdam(0.003, { dataset: 'names', batchSize: 64, epochs: 8 }),
});

/** Four thousand reviews are soon known by heart: what was best is kept. */
const SOON = { patience: 2, minDelta: 0, restoreBest: true };

export const gruReviews = network('GRU for reviews', {
  links: [
    text('words'),
    embedding(5000, 16),
    link('drop', 'spatialDropout1d', { rate: 0.3 }),
    link('gru', 'gru', { units: 16 }),
    classes(2),
    loss('label'),
  ],
  training: withAdam(0.003, { dataset: 'reviews', batchSize: 32, epochs: 6, stopping: SOON }),
});

export const lstmPunctuation = network('Bidirectional LSTM for punctuation', {
  links: [
    text('words'),
    embedding(4000, 32),
    link('read', 'bidirectional', { cell: 'lstm', units: 32, returnSequences: true }),
    link('drop', 'dropout', { rate: 0.3 }),
    classes(8),
    loss('marks'),
  ],
  training: withAdam(0.01, { dataset: 'punctuation', batchSize: 64, epochs: 4 }),
});

/** The characters of the novel, and padding. */
const CHARACTERS = 63;

export const gruNovel = network('GRU that continues a novel', {
  links: [
    text('text'),
    embedding(CHARACTERS, 32, false),
    link('gru', 'gru', { units: 128, returnSequences: true }),
    classes(CHARACTERS),
    loss('next'),
  ],
  training: withAdam(0.005, { dataset: 'novel', batchSize: 32, epochs: 3 }),
});

/** Letters and sounds, each with padding; sounds with a start and an end, too. */
const [LETTERS, SOUNDS] = [27, 42];

export const lstmPronunciation = network('Encoder-decoder LSTM for pronunciation', {
  links: [
    text('letters'),
    link('letterEmbedding', 'embedding', { inputDim: LETTERS, outputDim: 32, maskZero: true }),
    link('encoder', 'lstm', { units: 64, returnSequences: true, returnState: true }),
    { ...text('written'), from: [] },
    link('soundEmbedding', 'embedding', { inputDim: SOUNDS, outputDim: 32, maskZero: true }),
    link(
      'decoder',
      'lstm',
      { units: 64, returnSequences: true },
      { in: 'soundEmbedding', state: 'encoder:state', cell: 'encoder:cell' },
    ),
    link('attention', 'attention', undefined, { query: 'decoder', value: 'encoder' }),
    link('both', 'concatenate', undefined, ['attention', 'decoder']),
    link('attentional', 'dense', { units: 64, activation: 'tanh', useBias: false }),
    classes(SOUNDS),
    loss('sounds'),
  ],
  training: withAdam(0.01, { dataset: 'pronunciation', batchSize: 64, epochs: 6 }),
});
