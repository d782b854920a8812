/** What is not as in the file, in words: alike things in one sentence. */

/** So many names are said; the others are counted. */
const MOST_NAMES = 4;

const MOST_NOTES = 200;

const named = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name.slice(0, 100)}”`);
  const left = names.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
};

export class Notes {
  /** Names by what is said of them. */
  private readonly said = new Map<string, Set<string>>();

  /** Notes a sentence about a layer: `(names) => sentence` is told by its words, so alike ones are joined. */
  of(name: string, sentence: string): void {
    const names = this.said.get(sentence);
    if (names) names.add(name);
    else this.said.set(sentence, new Set([name]));
  }

  /** What was said of a part of the network. */
  take({ said }: Notes): void {
    for (const [sentence, names] of said) for (const name of names) this.of(name, sentence);
  }

  get list(): string[] {
    const list = [...this.said].map(([sentence, names]) => sentence.replace('%', () => named([...names])));
    return list.length <= MOST_NOTES ? list : [...list.slice(0, MOST_NOTES), `And ${list.length - MOST_NOTES} more.`];
  }
}
