import { describe, expect, it } from 'vitest';
import { chartRows, MOST_ROWS, StepHistory } from '@/state/run/history';
import type { EpochResult } from '@/training/protocol';

function historyOf(losses: readonly number[], stepsPerEpoch = 10): StepHistory {
  const history = new StepHistory();
  history.append(
    losses.map((loss, at) => ({ step: at + 1, loss, accuracy: null })),
    stepsPerEpoch,
  );
  return history;
}

const epoch = (number: number, step: number, validationLoss: number): EpochResult => ({
  epoch: number,
  step,
  loss: 1,
  accuracy: null,
  validationLoss,
  validationAccuracy: null,
  seconds: 1,
});

describe('the history of a run', () => {
  it('smooths without being drawn towards 0 at the start', () => {
    const history = historyOf([2, 2, 2]);
    for (let index = 0; index < 3; index++) expect(history.at('loss', index).smooth).toBeCloseTo(2);
  });

  it('keeps every step of a long run', () => {
    const history = historyOf(Array.from({ length: 5000 }, (_, at) => at));
    expect(history.length).toBe(5000);
    expect(history.at('loss', 4999).raw).toBe(4999);
  });

  it('is drawn in few rows that lose no spike', () => {
    const losses = new Array<number>(20_000).fill(1);
    losses[12_345] = 50;
    const rows = chartRows('loss', historyOf(losses), []);
    expect(rows).toHaveLength(MOST_ROWS);
    expect(Math.max(...rows.map((row) => row.raw ?? 0))).toBe(50);
    expect(rows.at(-1)?.epoch).toBe(2000);
  });

  it('places validation results at the end of their epochs', () => {
    const rows = chartRows('loss', historyOf(new Array<number>(20).fill(1)), [epoch(1, 10, 0.5), epoch(2, 20, 0.4)]);
    expect(rows.flatMap((row) => (row.validation === null ? [] : [[row.epoch, row.validation]]))).toEqual([
      [1, 0.5],
      [2, 0.4],
    ]);
  });

  it('compares with an earlier run that was shorter and had other batches', () => {
    const past = historyOf([4, 4, 4, 4], 4);
    const rows = chartRows('loss', historyOf(new Array<number>(20).fill(1)), [], [past]);
    expect(rows[4]?.past[0]).toBeCloseTo(4);
    expect(rows[15]?.past[0]).toBeNull();
  });

  it('leaves gaps where a value is not a number', () => {
    const rows = chartRows('loss', historyOf([1, Number.NaN, 1]), []);
    expect(rows[1]?.raw).toBeNull();
    expect(rows[2]?.smooth).toBeCloseTo(1);
  });
});
