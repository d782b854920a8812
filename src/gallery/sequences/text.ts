/** Networks that read a text word by word, and say something of the whole, of each word, or of what comes next. */
import { type Link, network } from '../chain';
import { link } from '../parts';

/** Word numbers, 0 where a text has ended. */
const words = (length: number | null): Link => link('words', 'input', { field: 'words', shape: [length] });

const embedding = (vocabulary: number, size: number, maskZero = true): Link =>
  link('embedding', 'embedding', { inputDim: vocabulary, outputDim: size, ...(maskZero && { maskZero }) });

/** One probability: is it so? */
const verdict: readonly Link[] = [
  link('verdict', 'dense', { units: 1, activation: 'sigmoid' }),
  link('loss', 'crossEntropy', { mode: 'binary' }),
];

/** Chollet 2017: the most frequent 10,000 words, 500 of each review. */
const [VOCABULARY, LENGTH] = [10_000, 500];

export const rnn = network('RNN for sentiment', {
  links: [words(LENGTH), embedding(VOCABULARY, 32, false), link('rnn', 'simpleRnn', { units: 32 }), ...verdict],
});

const deeper = (at: number): Link =>
  link(`rnn${at}`, 'simpleRnn', { units: 32, ...(at < 4 && { returnSequences: true }) });

export const deepRnn = network('Deep RNN', {
  links: [words(LENGTH), embedding(VOCABULARY, 32, false), deeper(1), deeper(2), deeper(3), deeper(4), ...verdict],
});

export const gruSentiment = network('GRU for sentiment', {
  links: [words(null), embedding(VOCABULARY, 32), link('gru', 'gru', { units: 32 }), ...verdict],
});

export const bidirectionalLstm = network('Bidirectional LSTM', {
  links: [
    words(null),
    embedding(20_000, 128, false),
    link('read1', 'bidirectional', { cell: 'lstm', units: 64, returnSequences: true }),
    link('read2', 'bidirectional', { cell: 'lstm', units: 64 }),
    ...verdict,
  ],
});

/** Parts of speech of Universal Dependencies, and one for padding. */
const TAGS = 18;

export const sequenceTagging = network('Sequence tagging', {
  links: [
    words(null),
    embedding(20_000, 100),
    link('read', 'bidirectional', { cell: 'lstm', units: 100, returnSequences: true }),
    link('drop', 'dropout', { rate: 0.5 }),
    link('tags', 'dense', { units: TAGS, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
});

/** The letters, digits and marks of Shakespeare's plays, and one for all others. */
const LETTERS = 66;

export const characterModel = network('Character language model', {
  links: [
    link('characters', 'input', { field: 'characters', shape: [100] }),
    embedding(LETTERS, 256, false),
    link('gru', 'gru', { units: 1024, returnSequences: true }),
    link('next', 'dense', { units: LETTERS, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
});
