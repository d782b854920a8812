import { describe, expect, it } from 'vitest';
import { back, emptyHistory, forward, type History, record } from '@/state/history';

/** Edits from 0 upwards, one a second unless said otherwise. */
function edited(steps: number, key?: string, every = 1): History<number> {
  let history = emptyHistory<number>();
  for (let step = 0; step < steps; step++) history = record(history, step, `step ${step}`, key, step * every);
  return history;
}

describe('history', () => {
  it('goes back to every state and forward again', () => {
    let history = edited(3);
    let now = 3;
    for (const expected of [2, 1, 0]) {
      const step = back(history, now);
      expect(step?.state).toBe(expected);
      history = step?.history ?? history;
      now = expected;
    }
    expect(back(history, now)).toBeNull();
    for (const expected of [1, 2, 3]) {
      const step = forward(history, now);
      expect(step?.state).toBe(expected);
      history = step?.history ?? history;
      now = expected;
    }
    expect(forward(history, now)).toBeNull();
  });

  it('keeps a label with its step in both directions', () => {
    const step = back(edited(2), 2);
    expect(step?.history.future.at(-1)?.label).toBe('step 1');
  });

  it('keeps a thousand steps and lets go of the oldest', () => {
    expect(edited(1500).past).toHaveLength(1000);
    expect(edited(1500).past[0]?.state).toBe(500);
  });

  it.each([
    ['edits under one key within a second are one step', 'name', 900, 1],
    ['edits under one key after a pause are steps of their own', 'name', 1100, 5],
    ['edits without a key are steps of their own', undefined, 1, 5],
  ] as const)('%s', (_title, key, every, steps) => {
    const history = edited(5, key, every);
    expect(history.past).toHaveLength(steps);
    expect(history.past[0]?.state).toBe(0);
  });

  it('forgets what was undone once something else is done', () => {
    const undone = back(edited(2), 2)?.history ?? emptyHistory<number>();
    expect(record(undone, 1, 'other', undefined, 0).future).toEqual([]);
  });

  it('does not grow a step that was gone back over', () => {
    const undone = back(edited(2, 'name', 1), 2)?.history ?? emptyHistory<number>();
    expect(record(undone, 0, 'again', 'name', 2).past).toHaveLength(1);
  });
});
