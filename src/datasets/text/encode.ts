/** Text to the numbers of a vocabulary and back. Data sets are built, and what people type is read, by this one rule. */
import type { Vocabulary } from '../types';
import { END, PADDING, START, UNKNOWN, UNKNOWN_SIGN } from './marks';

type Unit = Vocabulary['unit'];

/** A word with its apostrophes, a mark that ends or divides a sentence, or the sign of an unknown word. */
const WORDS = /[\p{L}\p{N}]+(?:'\p{L}+)*|[.,!?;:▢]/gu;

/** Cuts a text into what its vocabulary lists: small words and marks, characters, or sounds set apart by spaces. */
export function splitText(text: string, unit: Unit): string[] {
  if (unit === 'word') return text.replaceAll('’', "'").toLowerCase().match(WORDS) ?? [];
  if (unit === 'character') return [...text.replaceAll('’', "'")];
  return text.split(/\s+/).filter(Boolean);
}

/** A text as a network reads it. */
export interface Encoded {
  indices: number[];
  /** Of each number, what was written. */
  symbols: string[];
  /** What the vocabulary does not list: read as unknown where it has an entry for that, else left out. */
  unlisted: string[];
}

/** A character as others write it: small, then without accents. */
const spellings = (symbol: string): string[] => {
  const small = symbol.toLowerCase();
  return [symbol, small, small.normalize('NFD').replace(/\p{M}/gu, '')];
};

/** Reads texts by the entries of a vocabulary. */
export function encoderFor(unit: Unit, entries: readonly string[]): (text: string) => Encoded {
  const places = new Map(entries.map((entry, index) => [entry, index]));
  const unknown = places.get(UNKNOWN);
  for (const mark of [PADDING, UNKNOWN, START, END]) places.delete(mark);
  const indexOf = (symbol: string): number | undefined =>
    spellings(symbol)
      .map((spelling) => places.get(spelling))
      .find((index) => index !== undefined);

  return (text) => {
    const encoded: Encoded = { indices: [], symbols: [], unlisted: [] };
    for (const symbol of splitText(text, unit)) {
      const index = indexOf(symbol);
      if (index === undefined) encoded.unlisted.push(symbol);
      const shown = index ?? unknown;
      if (shown === undefined) continue;
      encoded.indices.push(shown);
      encoded.symbols.push(symbol);
    }
    return encoded;
  };
}

/** Entries set together as one reads them; marks that stand for no text are left out. Read again, it is the same. */
export function joinEntries(entries: readonly string[], unit: Unit): string {
  const shown = entries
    .filter((entry) => entry !== PADDING && entry !== START && entry !== END)
    .map((entry) => (entry === UNKNOWN ? UNKNOWN_SIGN : entry));
  if (unit === 'character') return shown.join('');
  const text = shown.join(' ');
  return unit === 'word' ? text.replace(/ (?=[.,!?;:](?: |$))/g, '') : text;
}

/** Numbers filled up with padding, or cut off, to the length that a network reads. */
export function padded(indices: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, at) => indices[at] ?? 0);
}
