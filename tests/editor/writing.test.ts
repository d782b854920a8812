import { describe, expect, it } from 'vitest';
import { END, PADDING, START } from '@/datasets';
import { type AskSteps, choose, continueText, writeOut } from '@/editor/training/pad/writing';

const any = () => true;

describe('a class is chosen', () => {
  const shares = [0.1, 0.6, 0.3];

  it('the likeliest at temperature 0, whatever chance says', () => {
    expect([0, 0.5, 0.999].map((random) => choose(shares, 0, any, random))).toEqual([1, 1, 1]);
  });

  it('as likely as it is said at temperature 1', () => {
    expect([0, 0.09, 0.11, 0.69, 0.71, 0.999].map((random) => choose(shares, 1, any, random))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  it('more surely below, more daringly above', () => {
    const often = (temperature: number): number =>
      Array.from({ length: 1000 }, (_, at) => choose(shares, temperature, any, at / 1000)).filter((said) => said === 1)
        .length;
    // 0.6² of 0.1² + 0.6² + 0.3², and √0.6 of √0.1 + √0.6 + √0.3.
    expect(often(0.5)).toBeCloseTo(783, -1);
    expect(often(2)).toBeCloseTo(473, -1);
    expect(often(0.01)).toBeGreaterThan(998);
  });

  it('among those that are allowed', () => {
    expect(choose(shares, 0, (index) => index !== 1, 0)).toBe(2);
    expect(choose([1, 0, 0], 1, (index) => index > 0, 0.5)).toBe(1);
  });
});

/** A network that says at each step, for sure, what comes after what it reads there. */
const surely =
  (classes: number, after: (index: number) => number): AskSteps =>
  async (indices) =>
    indices.flatMap((index) => Array.from({ length: classes }, (_, at) => (at === after(index) ? 1 : 0)));

describe('a text is continued', () => {
  const entries = [PADDING, 'a', 'b', 'c', ' '];
  /** a → b → c → a */
  const ask = surely(entries.length, (index) => (index % 3) + 1);
  const settings = { entries, steps: 4, temperature: 0.7, random: () => 0.4 };

  async function first(count: number, text: string, asking = ask): Promise<string> {
    let written = '';
    for await (const character of continueText(text, { ...settings, ask: asking })) {
      written += character;
      if (written.length === count) break;
    }
    return written;
  }

  it('from its last character on, also beyond what is read at once', async () => {
    expect(await first(9, 'ab')).toBe('cabcabcab');
    expect(await first(2, 'aaaaaaab')).toBe('ca');
  });

  it('is given as it was typed, with padding behind it', async () => {
    const seen: (readonly number[])[] = [];
    await first(1, 'aB?c', async (indices) => {
      seen.push(indices);
      return ask(indices);
    });
    expect(seen[0]).toEqual([1, 2, 3, 0]);
  });

  it('is nothing where nothing was written', async () => {
    expect(await first(1, '??')).toBe('');
  });
});

describe('an answer is written out', () => {
  const entries = [PADDING, START, END, 'K', 'AE', 'T'];

  it('from the start mark to the end mark', async () => {
    const ask = surely(entries.length, (index) => ({ 1: 3, 3: 4, 4: 5, 5: 2 })[index] ?? 0);
    expect(await writeOut(ask, entries, 6)).toEqual(['K', 'AE', 'T']);
  });

  it('as far as there are steps, where it finds no end', async () => {
    const ask = surely(entries.length, (index) => (index === 3 ? 4 : 3));
    expect(await writeOut(ask, entries, 5)).toEqual(['K', 'AE', 'K', 'AE', 'K']);
  });
});
