/** What all attention layers do with their scores: masks, softmax, dropout. */
import {
  abs,
  add,
  cast,
  greaterEqual,
  less,
  mul,
  range,
  reshape,
  softmax,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { dropped } from '../../fused/drop';

/** Far below any score, and within half precision. */
const FAR_BELOW = 60_000;

const steps = (count: number, shape: [number, number]): Tensor => reshape(range(0, count, 1, 'float32'), shape);

/** 1 where the query (row) does not come before the key (column). */
export const causalMask = (queries: number, keys: number): Tensor =>
  cast(greaterEqual(steps(queries, [queries, 1]), steps(keys, [1, keys])), 'float32');

/** 1 where query and key are fewer than so many steps apart. */
export const nearMask = (queries: number, keys: number, within: number): Tensor =>
  cast(less(abs(sub(steps(queries, [queries, 1]), steps(keys, [1, keys]))), within), 'float32');

/** All masks in one; null where there are none. */
export const joinMasks = (masks: readonly (Tensor | null)[]): Tensor | null =>
  masks.reduce((a, b) => (a && b ? mul(a, b) : (a ?? b)), null);

export interface Weighing {
  /** 1 where a key may be seen; stretched to the scores' shape. */
  mask: Tensor | null;
  /** What a query that sees no key gives: nothing, or the mean of all values. */
  blind: 'zero' | 'mean';
  dropout: number;
  training: boolean;
}

/** Scores as shares of attention, which sum up to 1 over the last axis. */
export function weigh(scores: Tensor, { mask, blind, dropout, training }: Weighing): Tensor {
  const seen = mask ? add(mul(scores, mask), mul(sub(mask, 1), FAR_BELOW)) : scores;
  const shares = softmax(seen);
  const weights = mask && blind === 'zero' ? mul(shares, mask) : shares;
  return training && dropout > 0 ? dropped(weights, dropout) : weights;
}
