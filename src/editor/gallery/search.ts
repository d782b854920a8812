/** Finding a network of the gallery by what a person types. */
import { CHAPTERS, type GalleryEntry } from '@/gallery';

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Networks all of whose sought words begin a word of their title, name, chapter, source or summary; titles first. */
export function searchGallery(query: string): GalleryEntry[] {
  const sought = wordsOf(query);
  const found = CHAPTERS.flatMap(({ title, entries }) =>
    entries.map((entry) => ({ entry, rank: rankOf(entry, title, sought) })),
  );
  return found
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

function rankOf({ id, title, source, summary }: GalleryEntry, chapter: string, sought: readonly string[]): number {
  const begins = (text: string): boolean => {
    const words = wordsOf(text);
    return sought.every((word) => words.some((each) => each.startsWith(word)));
  };
  // “resnet50” and “vgg 16” are written in many ways.
  const joined = sought.join('');
  const names = [title, id].map((name) => wordsOf(name).join(''));
  if (names.some((name) => name.startsWith(joined))) return 4;
  if (names.some((name) => name.includes(joined)) || begins(title)) return 3;
  if (begins(`${title} ${chapter} ${source.title}`)) return 2;
  return begins(`${title} ${chapter} ${source.title} ${summary}`) ? 1 : 0;
}
