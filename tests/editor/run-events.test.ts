import { describe, expect, it } from 'vitest';
import { readDocument } from '@/document';
import { freshView, isActive, reduceEvent } from '@/state/run/events';
import type { RunView } from '@/state/run/types';
import type { RunEvent } from '@/training/protocol';

const document = readDocument({ format: 'tensorloom', version: 1, graph: { nodes: {}, edges: [] } });
const begin = (): RunView => freshView({ id: 'n', document, startedAt: 0 });

function viewAfter(...events: RunEvent[]): RunView {
  const view = begin();
  for (const event of events) Object.assign(view, reduceEvent(view, event));
  return view;
}

const progress = {
  epoch: 1,
  epochs: 2,
  stepInEpoch: 2,
  stepsPerEpoch: 10,
  stepsPerSecond: 10,
  samplesPerSecond: 100,
  secondsLeft: 5,
  learningRate: 0.001,
  memory: 1000,
};
const epoch = {
  epoch: 1,
  step: 10,
  loss: 0.5,
  accuracy: 0.8,
  validationLoss: 0.6,
  validationAccuracy: 0.7,
  seconds: 1,
};

describe('a run, event by event', () => {
  it('gathers every step, also those that come in one batch', () => {
    const points = [1, 2].map((step) => ({ step, loss: 1 / step, accuracy: null }));
    const view = viewAfter({ type: 'steps', points, progress }, { type: 'steps', points, progress });
    expect(view.steps).toBe(4);
    expect(view.progress).toEqual(progress);
  });

  it('keeps the newest weights with the network they belong to and their validation score', () => {
    const view = viewAfter({ type: 'epoch', result: epoch }, { type: 'weights', weights: { tensors: [], epoch: 1 } });
    expect(view.weights).toMatchObject({ document, accuracy: 0.7, loss: 0.6 });
  });

  it('says what a failure says, and is over', () => {
    const view = viewAfter(
      { type: 'failure', code: 'not-a-number', message: 'The loss is no number.', next: 'Lower the learning rate.' },
      { type: 'status', status: 'failed' },
    );
    expect(view.failure?.next).toBe('Lower the learning rate.');
    expect(isActive(view.status)).toBe(false);
  });

  it('shows a download while it lasts', () => {
    expect(viewAfter({ type: 'data', loaded: 5, total: 10 }).download).toEqual({ loaded: 5, total: 10 });
    expect(viewAfter({ type: 'data', loaded: 10, total: 10 }).download).toBeNull();
  });
});
