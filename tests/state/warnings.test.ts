import { describe, expect, it } from 'vitest';
import { StepHistory } from '@/state/run/history';
import { warningsOf } from '@/state/run/warnings';
import type { EpochResult, LayerSignal } from '@/training/protocol';

const layer = (node: string, gradient: number, ratio = 1e-3, still: number | null = 0): LayerSignal => ({
  node,
  gradient,
  ratio,
  still,
});

const looks = (...layers: LayerSignal[]) => [layers, layers, layers];

const epoch = (loss: number, validationLoss: number): EpochResult => ({
  epoch: 1,
  step: 1,
  loss,
  accuracy: 0.5,
  validationLoss,
  validationAccuracy: 0.5,
  seconds: 1,
});

const found = (seen: Partial<Parameters<typeof warningsOf>[0]>): string[] =>
  warningsOf({ signals: [], epochs: [], history: new StepHistory(), ...seen }, (node) => node).map(({ id }) => id);

const curve = (losses: number[]): StepHistory => {
  const history = new StepHistory();
  history.append(
    losses.map((loss, at) => ({ step: at + 1, loss, accuracy: null })),
    10,
  );
  return history;
};

describe('a run’s warnings', () => {
  it('are none where all is well, or too little is seen', () => {
    expect(found({ signals: looks(layer('a', 1), layer('b', 2), layer('c', 3)) })).toEqual([]);
    expect(found({ signals: [[layer('a', 1e-9), layer('b', 1), layer('c', 1)]] })).toEqual([]);
  });

  it('tell of gradients that vanish or explode, and of steps that are too large', () => {
    expect(found({ signals: looks(layer('a', 1e-5), layer('b', 1e-2), layer('c', 1)) })).toEqual(['vanishing']);
    expect(found({ signals: looks(layer('a', 1e4), layer('b', 1), layer('c', 1)) })).toEqual(['exploding']);
    expect(found({ signals: looks(layer('a', 1, 0.5)) })).toEqual(['hasty']);
  });

  it('one odd batch says nothing', () => {
    const odd = [layer('a', 1e6), layer('b', 1), layer('c', 1)];
    const usual = [layer('a', 1), layer('b', 1), layer('c', 1)];
    expect(found({ signals: [usual, usual, odd] })).toEqual([]);
  });

  it('tell of dead units', () => {
    expect(found({ signals: looks(layer('a', 1, 1e-3, 0.6), layer('b', 1)) })).toEqual(['dead']);
  });

  it('tell of a loss that stands still, unless there is nothing left to learn', () => {
    expect(found({ history: curve(Array.from({ length: 300 }, () => 2.3)) })).toEqual(['stuck']);
    expect(found({ history: curve(Array.from({ length: 300 }, (_, at) => 2.3 / (1 + at / 50))) })).toEqual([]);
    const learnt = [{ ...epoch(0.1, 0.1), accuracy: 0.99 }];
    expect(found({ history: curve(Array.from({ length: 300 }, () => 0.1)), epochs: learnt })).toEqual([]);
  });

  it('tell of overfitting', () => {
    expect(found({ epochs: [epoch(4, 1), epoch(3, 2), epoch(2, 3), epoch(1, 4)] })).toEqual(['overfitting']);
    expect(found({ epochs: [epoch(4, 1), epoch(3, 2), epoch(2, 1), epoch(1, 4)] })).toEqual([]);
  });
});
