/** The words of “Emma”, and the marks that followed them. */
import { PUNCTUATION } from '@/datasets/catalogue/texts';
import { padded } from '@/datasets/text/encode';
import { NO_TAG } from '@/datasets/text/marks';
import { austenLicence, paragraphsOf } from './austen';
import type { Product } from './product';
import { fieldOf, mostFrequent, rows } from './vocabulary';

interface Word {
  word: string;
  mark: string;
}

/** A word with all up to the next one. A full stop after a title ends no sentence. */
const WORDS = /([A-Za-z]+(?:'[A-Za-z]+)*)([^A-Za-z]*)/g;
const TITLES = /\b(Mr|Mrs|Dr|St|Messrs|Esq)\./g;

/** The first mark of what stands between two words, by its class; a colon counts as a semicolon. */
function markIn(between: string): string {
  const found = /--|[,.;:?!]/.exec(between)?.[0];
  if (found === undefined) return NO_TAG;
  return found === '--' ? '—' : found === ':' ? ';' : found;
}

/** Paragraphs, cut where they are longer than a sample. */
function pieces(paragraphs: readonly string[], steps: number): Word[][] {
  return paragraphs.flatMap((paragraph) => {
    const words = Array.from(paragraph.replace(TITLES, '$1').matchAll(WORDS), ([, word = '', between = '']) => ({
      word: word.toLowerCase(),
      mark: markIn(between),
    }));
    // As long as each other, so that no single word is left over.
    const count = Math.ceil(words.length / steps);
    const length = Math.ceil(words.length / count);
    return Array.from({ length: count }, (_, at) => words.slice(at * length, (at + 1) * length)).filter(
      (piece) => piece.length > 0,
    );
  });
}

/** In the order of the novel; its last part is held out. */
export function punctuation(): Product {
  const { fields, samples } = PUNCTUATION;
  const [words, marks] = [fieldOf(fields, 'words'), fieldOf(fields, 'marks')];
  const steps = words.shape[0] ?? 1;
  const all = pieces(paragraphsOf('emma'), steps);
  const train = all.length - samples.test;
  const list = mostFrequent(
    all.slice(0, train).flatMap((piece) => piece.map(({ word }) => word)),
    words.vocabulary?.size ?? 0,
  );
  return {
    id: 'punctuation',
    fields: {
      words: rows(
        all.map((piece) => piece.map(({ word }) => word).join(' ')),
        words,
        list,
      ),
      marks: all.flatMap((piece) =>
        padded(
          piece.map(({ mark }) => marks.classes?.indexOf(mark) ?? 0),
          steps,
        ),
      ),
    },
    lists: [list],
    samples: { train, test: samples.test },
    licence: austenLicence('Emma', [
      'Changed: titles and headings were left out; the words were written small and stored as numbers of the most',
      'frequent ones, the marks between them as classes, compressed.',
    ]),
  };
}
