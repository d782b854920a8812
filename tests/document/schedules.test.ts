import { describe, expect, it } from 'vitest';
import { rateAt, type Schedule, scheduleSchema } from '@/document';

/** Six epochs of ten steps. */
const at = (schedule: Schedule, step: number, reduced?: number): number =>
  rateAt(schedule, { done: step / 10, epochs: 6, stepsPerEpoch: 10, ...(reduced !== undefined && { reduced }) });

const STEPS = [0, 1, 13, 25, 37, 59];
const parse = (value: object): Schedule => scheduleSchema.parse(value);

describe('learning-rate schedules', () => {
  // Computed with keras.optimizers.schedules, 3.15.1.
  it.each([
    [
      'ExponentialDecay',
      { type: 'exponential', factor: 0.9 },
      [1, 0.9895192, 0.8719975, 0.7684334, 0.6771693, 0.5370698],
    ],
    ['a staircase', { type: 'step', every: 2, factor: 0.5 }, [1, 1, 1, 0.5, 0.5, 0.25]],
    ['CosineDecay', { type: 'cosine', to: 0.1 }, [1, 0.9993833, 0.8997157, 0.6664686, 0.3887344, 0.1006167]],
    [
      'CosineDecayRestarts',
      { type: 'cosine', to: 0.1, period: 1, lengthen: 2 },
      [1, 0.9779754, 0.9509529, 0.231802, 0.933688, 0.2577483],
    ],
    ['PolynomialDecay', { type: 'polynomial', to: 0.1, power: 2 }, [1, 0.97025, 0.6522499, 0.40625, 0.23225, 0.10025]],
  ])('%s is Keras’s', (_, given, wanted) => {
    const schedule = parse(given);
    for (const [index, step] of STEPS.entries()) expect(at(schedule, step)).toBeCloseTo(wanted[index] ?? 0, 5);
  });

  it('warms up to the whole rate, and counts from there', () => {
    const schedule = parse({ type: 'cosine', warmUp: 2 });
    expect([0, 9, 19, 20].map((step) => at(schedule, step))).toEqual([0.05, 0.5, 1, 1]);
    expect(at(schedule, 40)).toBeCloseTo(0.5, 10);
  });

  it('goes up and down in one cycle', () => {
    const schedule = parse({ type: 'oneCycle' });
    expect(at(schedule, 0)).toBeCloseTo(0.04, 10);
    expect(at(schedule, 18)).toBeCloseTo(1, 10);
    expect(at(schedule, 60)).toBeCloseTo(0.000004, 10);
  });

  it('keeps what a plateau has left', () => {
    const schedule = parse({ type: 'plateau', lowest: 0.02 });
    expect([at(schedule, 3), at(schedule, 3, 0.1), at(schedule, 3, 0.01)]).toEqual([1, 0.1, 0.02]);
  });
});
