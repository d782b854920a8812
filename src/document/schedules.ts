/** How the learning rate changes while a network is trained: as data, and as a number at each step. */
import { z } from 'zod';

const finite = z.number().finite();
const share = finite.min(0).max(1);
const epochs = finite.positive().max(100_000);

const warmUp = finite.min(0).max(100_000).optional().describe('Epochs in which the rate rises from zero.');

/** Lengths are in epochs, so that a schedule means the same at any batch size; `to` and `from` are shares of the rate. */
export const schedule = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('constant'), warmUp }),
  z.strictObject({ type: z.literal('step'), warmUp, every: epochs.default(10), factor: share.default(0.5) }),
  z.strictObject({ type: z.literal('exponential'), warmUp, factor: share.default(0.95) }),
  z.strictObject({
    type: z.literal('cosine'),
    warmUp,
    to: share.default(0),
    period: epochs.optional().describe('Epochs until the first restart; the whole run where absent.'),
    lengthen: finite.min(1).max(100).default(1).describe('How much longer each period is than the one before.'),
  }),
  z.strictObject({
    type: z.literal('polynomial'),
    warmUp,
    to: share.default(0),
    power: finite.positive().max(100).default(1),
  }),
  z.strictObject({
    type: z.literal('oneCycle'),
    rise: share.default(0.3).describe('The share of the run in which the rate rises.'),
    from: share.default(0.04),
    to: share.default(0.000004),
  }),
  z.strictObject({
    type: z.literal('plateau'),
    warmUp,
    factor: share.default(0.1),
    patience: z.int().min(1).max(100_000).default(5),
    minDelta: finite.min(0).default(0.0001),
    lowest: share.default(0),
  }),
]);

export type Schedule = z.infer<typeof schedule>;
export type ScheduleType = Schedule['type'];

/** How far a run has come, and how long it is. */
export interface Course {
  /** Epochs done, with the fraction of the one going on. */
  done: number;
  epochs: number;
  stepsPerEpoch: number;
  /** What `plateau` has made of the rate so far. */
  reduced?: number;
}

const cosine = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;

/**
 * The learning rate of the step that comes next, as a share of the one that is set. Warm-up rises linearly and
 * reaches the whole rate at its last step; the rest of the run follows the schedule. Loshchilov & Hutter 2017
 * (cosine with restarts), Smith 2018 (one cycle, with PyTorch's shares).
 */
export function rateAt(schedule: Schedule, { done, epochs: length, stepsPerEpoch, reduced = 1 }: Course): number {
  const warm = schedule.type === 'oneCycle' ? 0 : (schedule.warmUp ?? 0);
  if (done < warm) return Math.min(1, (done * stepsPerEpoch + 1) / (warm * stepsPerEpoch));
  const at = done - warm;
  const whole = Math.max(length - warm, 1 / stepsPerEpoch);
  const share = Math.min(1, at / whole);
  switch (schedule.type) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(at / schedule.every + 1e-9);
    case 'exponential':
      return schedule.factor ** at;
    case 'cosine':
      return cosine(1, schedule.to, inPeriod(at, schedule.period ?? whole, schedule.lengthen));
    case 'polynomial':
      return schedule.to + (1 - schedule.to) * (1 - share) ** schedule.power;
    case 'oneCycle': {
      const { rise, from, to } = schedule;
      return share < rise ? cosine(from, 1, share / rise) : cosine(1, to, rise === 1 ? 1 : (share - rise) / (1 - rise));
    }
    case 'plateau':
      return Math.max(reduced, schedule.lowest);
  }
}

/** How much of its period a moment has behind it, where each period is `lengthen` times as long as the one before. */
function inPeriod(at: number, first: number, lengthen: number): number {
  let [start, period] = [0, first];
  // The end of the run belongs to its last period, not to one more.
  while (at - start > period * (1 + 1e-9)) {
    start += period;
    period *= lengthen;
  }
  return Math.min(1, (at - start) / period);
}
