/** A trained network writes: step by step, each knowing those before. */
import { END, encoderFor, PADDING, padded, START, UNKNOWN } from '@/datasets';

/** Asks the network for the probabilities of each class, step after step of the text that it is given. */
export type AskSteps = (indices: readonly number[]) => Promise<readonly number[]>;

/**
 * A class by chance, as likely as it is said to be; at temperature 0 the likeliest. Below 1 likely ones are taken more
 * often than said, above 1 less often (Ackley, Hinton & Sejnowski 1985).
 * @param allowed which classes may be taken
 * @param random a number from 0 to below 1
 */
export function choose(
  probabilities: readonly number[],
  temperature: number,
  allowed: (index: number) => boolean,
  random: number,
): number {
  const candidates = probabilities.map((_, index) => index).filter(allowed);
  const best = candidates.reduce(
    (a, b) => ((probabilities[b] ?? 0) > (probabilities[a] ?? 0) ? b : a),
    candidates[0] ?? 0,
  );
  const most = probabilities[best] ?? 0;
  if (temperature <= 0 || most <= 0) return best;
  const weights = candidates.map((index) => ((probabilities[index] ?? 0) / most) ** (1 / temperature));
  let left = random * weights.reduce((a, b) => a + b, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return candidates[at] ?? best;
  }
  return best;
}

/** What a network writes is text: no padding, nothing unknown. */
const writes = (entries: readonly string[], ...others: string[]) => {
  const marks = new Set([PADDING, UNKNOWN, START, ...others]);
  return (index: number): boolean => !marks.has(entries[index] ?? PADDING);
};

interface Continuing {
  ask: AskSteps;
  entries: readonly string[];
  /** How many steps the network reads at once. */
  steps: number;
  temperature: number;
  random(): number;
}

/** One character after the other, without end, from what has been written so far; nothing where that is nothing. */
export async function* continueText(
  text: string,
  { ask, entries, steps, temperature, random }: Continuing,
): AsyncGenerator<string> {
  let context = encoderFor('character', entries)(text).indices;
  const allowed = writes(entries, END);
  while (context.length > 0) {
    context = context.slice(-steps);
    const probabilities = await ask(padded(context, steps));
    const width = probabilities.length / steps;
    const last = probabilities.slice((context.length - 1) * width, context.length * width);
    const next = choose(last, temperature, allowed, random());
    context = [...context, next];
    yield entries[next] ?? '';
  }
}

/** The likeliest answer step by step, up to the end mark or the last step: its entries. */
export async function writeOut(ask: AskSteps, entries: readonly string[], steps: number): Promise<string[]> {
  const written = [entries.indexOf(START)];
  const allowed = writes(entries);
  const answer: string[] = [];
  while (answer.length < steps) {
    const probabilities = await ask(padded(written, steps));
    const width = probabilities.length / steps;
    const next = choose(probabilities.slice(answer.length * width, (answer.length + 1) * width), 0, allowed, 0);
    if (entries[next] === END) break;
    answer.push(entries[next] ?? '');
    written.push(next);
  }
  return answer;
}
