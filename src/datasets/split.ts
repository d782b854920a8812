/** Which samples train a network and which only judge it. */
import { seededRandom, shuffledIndices } from './random';

/** The share held out where neither the person nor the data set says. */
export const DEFAULT_VALIDATION_SPLIT = 0.2;

/** Sample numbers, ascending. No sample is in both. */
export interface Split {
  train: Uint32Array;
  validation: Uint32Array;
}

/**
 * Divides a data set into training and validation samples.
 *
 * - Without `validationSplit`, a data set with a test part of its own is validated on that part.
 * - Otherwise a random share of the training part is held out (`validationSplit`, or 0.2), and the test part,
 *   if there is one, is left alone: it has been seen by neither. A share above 0 holds out at least one sample
 *   and leaves at least one to train on; 0 holds out none. `fromTheEnd` holds out the last samples instead.
 *
 * The same sizes, share and seed give the same split. Classes are not balanced: the share is of all samples.
 */
export function splitIndices(
  samples: { train: number; test: number },
  {
    validationSplit,
    seed,
    fromTheEnd = false,
  }: { validationSplit?: number | undefined; seed: number; fromTheEnd?: boolean },
): Split {
  if (validationSplit === undefined && samples.test > 0) {
    return { train: range(0, samples.train), validation: range(samples.train, samples.test) };
  }

  const share = validationSplit ?? DEFAULT_VALIDATION_SPLIT;
  const held = share > 0 ? clamp(Math.round(samples.train * share), 1, samples.train - 1) : 0;
  if (fromTheEnd) return { train: range(0, samples.train - held), validation: range(samples.train - held, held) };
  const order = shuffledIndices(samples.train, seededRandom(seed));
  return { train: order.slice(held).sort(), validation: order.slice(0, held).sort() };
}

const range = (start: number, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, index) => start + index);

const clamp = (value: number, least: number, most: number): number =>
  Math.max(0, Math.min(most, Math.max(least, value)));
