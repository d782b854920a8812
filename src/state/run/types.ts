/** What the page knows of a training run. */
import type { NetworkDocument } from '@/document';
import type {
  EpochResult,
  FailureCode,
  LayerSignal,
  Probe,
  Progress,
  RunStatus,
  Settled,
  WeightBundle,
} from '@/training/protocol';
import type { StepHistory, StepPoints } from './history';

/** The network a run was started with; it stays what it was whatever is edited meanwhile. */
export interface RunNetwork {
  id: string;
  document: NetworkDocument;
  startedAt: number;
}

/** Weights as kept with a network in the browser, with the network as it was when they were trained. */
export interface SavedWeights {
  document: NetworkDocument;
  bundle: WeightBundle;
  accuracy: number | null;
  loss: number | null;
  savedAt: number;
  /** The run so far; what was kept by an older version may lack it. */
  curve?: SavedCurve;
}

/** What the charts show of a run, to be shown again. */
export interface SavedCurve {
  points: StepPoints;
  epochs: readonly EpochResult[];
}

export interface Failure {
  code: FailureCode;
  message: string;
  next: string;
}

/** A finished run, kept to compare with. */
export interface PastRun {
  id: number;
  title: string;
  history: StepHistory;
}

/** What events change. */
export interface RunView {
  status: RunStatus | 'idle';
  message: string | null;
  network: RunNetwork | null;
  download: { loaded: number; total: number } | null;
  backend: Settled | null;
  progress: Progress | null;
  history: StepHistory;
  /** `history.length`, for those who watch it. */
  steps: number;
  epochs: readonly EpochResult[];
  /** The latest looks at the gradients, the newest last. */
  signals: readonly (readonly LayerSignal[])[];
  probe: Probe | null;
  failure: Failure | null;
  /** The newest weights at hand, trained or restored. */
  weights: SavedWeights | null;
}
