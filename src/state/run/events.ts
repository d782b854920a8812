/** How the worker's events change what is known of the run. */
import type { RunEvent, RunStatus, WeightBundle } from '@/training/protocol';
import { StepHistory } from './history';
import type { RunNetwork, RunView, SavedWeights } from './types';

export const freshView = (network: RunNetwork | null): RunView => ({
  status: network ? 'preparing' : 'idle',
  message: null,
  network,
  download: null,
  backend: null,
  progress: null,
  history: new StepHistory(),
  steps: 0,
  epochs: [],
  signals: [],
  probe: null,
  failure: null,
  weights: null,
});

/** How many looks at the gradients are kept: enough to tell a habit from an accident. */
const MOST_SIGNALS = 5;

/** While one of these, the worker is busy with the run. */
const ACTIVE: readonly (RunStatus | 'idle')[] = ['preparing', 'training', 'validating', 'paused'];

export const isActive = (status: RunStatus | 'idle'): boolean => ACTIVE.includes(status);

export function reduceEvent(view: RunView, event: RunEvent): Partial<RunView> {
  switch (event.type) {
    case 'status':
      return {
        status: event.status,
        message: event.message ?? null,
        ...(event.status !== 'preparing' && { download: null }),
      };
    case 'data':
      return { download: event.loaded < event.total ? { loaded: event.loaded, total: event.total } : null };
    case 'backend':
      return { backend: { backend: event.backend, threads: event.threads, timings: event.timings } };
    case 'steps':
      view.history.append(event.points, event.progress.stepsPerEpoch);
      return { steps: view.history.length, progress: event.progress };
    case 'signals':
      return { signals: [...view.signals, event.layers].slice(-MOST_SIGNALS) };
    case 'epoch':
      return { epochs: [...view.epochs, event.result] };
    case 'weights':
      return view.network ? { weights: savedFrom(view.network, view, event.weights) } : {};
    case 'probe':
      return { probe: event.probe };
    // A search for a learning rate is no part of a run.
    case 'sweep':
      return {};
    case 'failure':
      return { status: 'failed', failure: { code: event.code, message: event.message, next: event.next } };
  }
}

function savedFrom(
  { document }: RunNetwork,
  { epochs, history }: Pick<RunView, 'epochs' | 'history'>,
  bundle: WeightBundle,
): SavedWeights {
  const last = epochs.at(-1);
  return {
    document,
    bundle,
    accuracy: last?.validationAccuracy ?? last?.accuracy ?? null,
    loss: last?.validationLoss ?? last?.loss ?? null,
    savedAt: Date.now(),
    curve: { points: history.points, epochs },
  };
}
