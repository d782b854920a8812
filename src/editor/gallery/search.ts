/** Finding a network of the gallery by what a person types. */
import { GALLERY, type GalleryEntry, GROUPS } from '@/gallery';

const titleOfGroup = new Map<string, string>(GROUPS.map(({ id, title }) => [id, title]));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Networks all of whose sought words begin a word of their title, name, chapter, source or summary; titles first. */
export function searchGallery(query: string, entries: readonly GalleryEntry[] = GALLERY): GalleryEntry[] {
  const sought = wordsOf(query);
  if (sought.length === 0) return [...entries];
  const joined = sought.join('');
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, sought, joined) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

function rankOf(
  { id, title, group, source, summary }: GalleryEntry,
  sought: readonly string[],
  joined: string,
): number {
  const begins = (text: string): boolean => {
    const words = wordsOf(text);
    return sought.every((word) => words.some((each) => each.startsWith(word)));
  };
  // “resnet50” and “vgg 16” are written in many ways.
  const names = [title, id].map((name) => wordsOf(name).join(''));
  if (names.some((name) => name.startsWith(joined))) return 4;
  if (names.some((name) => name.includes(joined)) || begins(title)) return 3;
  if (begins(`${title} ${titleOfGroup.get(group)} ${source.title}`)) return 2;
  return begins(`${title} ${titleOfGroup.get(group)} ${source.title} ${summary}`) ? 1 : 0;
}
