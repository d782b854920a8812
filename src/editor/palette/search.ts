/** Finding layers by what a person types: the title, its initials, a keyword, or with a letter wrong. */
import { FAMILIES, LAYERS, type LayerDeclaration } from '@/layers';

const familyTitle = new Map(FAMILIES.map(({ id, title }) => [id, title]));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Layers that answer to every word of the query, the best first; all in the palette's order for an empty one. */
export function searchLayers(query: string, layers: readonly LayerDeclaration[] = LAYERS): LayerDeclaration[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...layers];
  return layers
    .map((layer) => ({ layer, score: scoreOf(layer, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ layer }) => layer);
}

function scoreOf(layer: LayerDeclaration, words: readonly string[]): number {
  const joined = scoreOfWord(layer, words.join(''));
  const each = words.map((word) => scoreOfWord(layer, word));
  const all = each.some((score) => score === 0) ? 0 : Math.min(...each);
  return Math.max(all, words.length > 1 ? joined : 0);
}

function scoreOfWord({ title, type, family, summary, keywords = [] }: LayerDeclaration, word: string): number {
  const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const humps = (title.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []).map((hump) => hump.toLowerCase());
  if (name === word || type.toLowerCase() === word) return 100;
  if (name.startsWith(word)) return 90;
  if (humps.some((hump) => hump.startsWith(word))) return 80;
  if (
    humps.length > 1 &&
    humps
      .map((hump) => hump[0])
      .join('')
      .startsWith(word)
  )
    return 75;
  const known = keywords.flatMap(wordsOf);
  if (known.includes(word)) return 70;
  if (name.includes(word)) return 65;
  if (known.some((keyword) => keyword.startsWith(word))) return 60;
  if (wordsOf(familyTitle.get(family) ?? '').some((part) => part.startsWith(word))) return 40;
  if (wordsOf(summary).some((part) => part.startsWith(word))) return 30;
  if (word.length >= 4 && [name, ...humps, ...known].some((part) => oneSlip(part, word))) return 20;
  if (word.length >= 3 && isScattered(name, word)) return 10;
  return 0;
}

/** Whether a word begins like another but for one letter: wrong, missing, too many, or swapped with the next. */
function oneSlip(word: string, typed: string): boolean {
  let at = 0;
  while (at < typed.length && word[at] === typed[at]) at++;
  if (at === typed.length) return true;
  const rest = typed.slice(at);
  return (
    word.startsWith(rest.slice(1), at + 1) ||
    word.startsWith(rest, at + 1) ||
    word.startsWith(rest.slice(1), at) ||
    (rest.length > 1 && word.startsWith(`${rest[1]}${rest[0]}${rest.slice(2)}`, at))
  );
}

/** Whether the letters occur in this order. */
function isScattered(word: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = word.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return word[0] === letters[0];
}
