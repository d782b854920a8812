/** Vocabularies and rows of numbers, as the data sets of texts are made of. */
import { encoderFor, padded } from '@/datasets/text/encode';
import { PADDING, UNKNOWN } from '@/datasets/text/marks';
import type { FieldSpec } from '@/datasets/types';

/** Padding, unknown, and the most frequent words; of equally frequent ones, the first by the alphabet. */
export function mostFrequent(words: Iterable<string>, size: number): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const ranked = [...counts].sort(([a, often], [b, oftenB]) => oftenB - often || (a < b ? -1 : 1));
  return [PADDING, UNKNOWN, ...ranked.slice(0, size - 2).map(([word]) => word)];
}

/** Texts one after the other, each as long as the field. */
export function rows(texts: readonly string[], { shape, vocabulary }: FieldSpec, entries: readonly string[]): number[] {
  const encode = encoderFor(vocabulary?.unit ?? 'word', entries);
  return texts.flatMap((text) => padded(encode(text).indices, shape[0] ?? 0));
}

/** The field of a data set; its sizes stand in the catalogue only. */
export function fieldOf(fields: Readonly<Record<string, FieldSpec>>, name: string): FieldSpec {
  const spec = fields[name];
  if (!spec) throw new Error(`The catalogue has no field “${name}”`);
  return spec;
}
