/** Ready networks, each a document in the native format. Here are only their descriptions: a document is made when asked for. */
import type { NetworkDocument } from '@/document';
import { basics } from './basics';
import { convolutional } from './convolutional';
import { efficient } from './efficient';
import type { Chapter, GalleryEntry } from './entry';
import { generative } from './generative';
import { inception } from './inception';
import { modern } from './modern';
import { residual } from './residual';
import { segmentation } from './segmentation';
import { sequences } from './sequences';
import { transformers } from './transformers';

export type { GalleryEntry } from './entry';

/** In the order in which courses come to them. */
export const CHAPTERS: readonly Chapter[] = [
  basics,
  convolutional,
  inception,
  residual,
  efficient,
  modern,
  segmentation,
  sequences,
  transformers,
  generative,
];

export const GALLERY: readonly GalleryEntry[] = CHAPTERS.flatMap(({ entries }) => entries);

/** There is no network of a name; the message says which names are like it. */
export class UnknownNetworkError extends Error {
  override name = 'UnknownNetworkError';
}

/**
 * The network of a name; dashes and capitals do not matter.
 * @throws UnknownNetworkError
 */
export async function openFromGallery(id: string): Promise<NetworkDocument> {
  const entry = GALLERY.find((each) => lettersOf(each.id) === lettersOf(id));
  if (!entry) throw new UnknownNetworkError(`The gallery has no “${id}”. Nearest: ${nearestNames(id).join(', ')}.`);
  return entry.open();
}

const NEAREST = 5;

/** The names most like one that is none, by the pairs of letters they have in common (Dice 1945). */
function nearestNames(name: string): string[] {
  const wanted = pairsOf(name);
  const likeness = ({ id, title }: GalleryEntry): number =>
    Math.max(...[id, title].map((each) => dice(wanted, pairsOf(each))));
  return GALLERY.map((entry) => ({ id: entry.id, likeness: likeness(entry) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, NEAREST)
    .map(({ id }) => id);
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

function pairsOf(text: string): ReadonlySet<string> {
  const letters = lettersOf(text);
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)));
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / Math.max(1, a.size + b.size);
}
