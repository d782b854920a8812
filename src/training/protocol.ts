/**
 * What the page and the training worker say to each other. Commands are calls (comlink);
 * progress is a stream of these events, batched by the worker to at most ten messages a second.
 */
import type { TrainerState } from '@/compiler';
import type { TextTask, Vocabulary } from '@/datasets';
import type { NetworkDocument } from '@/document';

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
export const BACKENDS: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

/** Trained weights, by `layer/weight` name. Values are float32, row-major. */
export interface WeightBundle {
  tensors: { name: string; shape: number[]; data: Float32Array }[];
  /** Finished epochs behind these weights. */
  epoch: number;
  /** Where the run stands that trained them; absent once it is over. */
  state?: RunState;
}

/** A run between two steps: all there is to go on from as if nothing had been. */
export interface RunState {
  /** The epoch going on, from 1, and the steps of it that are done. */
  epoch: number;
  stepInEpoch: number;
  /** Steps since the start. */
  step: number;
  /** Milliseconds trained so far. */
  elapsed: number;
  /** What the epoch going on has summed up. */
  sums: { loss: number; correct: { right: number; counted: number } | null; samples: number };
  /** Of early stopping. */
  watch: { best: number; waited: number; kept: { epoch: number; weights: WeightBundle; probe: Probe } | null } | null;
  trainer: TrainerState;
}

export interface StartOptions {
  document: NetworkDocument;
  backend: BackendName | 'auto';
  /** Continue from these weights instead of a fresh initialisation. */
  weights?: WeightBundle;
  /** Go on with the run that the weights' state tells of, as if it had never been broken off. */
  resume?: boolean;
  /** Begin at rest, before the first batch. */
  paused?: boolean;
  /** What Auto found for this network on this machine before; the client knows. */
  remembered?: Settled;
}

export type RunStatus = 'preparing' | 'training' | 'paused' | 'validating' | 'finished' | 'stopped' | 'failed';

/** `ms` is the median time of a step; null where the backend was not timed, with the reason in words. */
export interface BackendTiming {
  backend: BackendName;
  /** Absent where it has but one. */
  threads?: number;
  ms: number | null;
  note?: string;
}

/** What was settled on, and the times that spoke for it. */
export interface Settled {
  backend: BackendName;
  threads: number;
  timings: BackendTiming[];
}

export interface StepPoint {
  /** Steps since the start of the run, from 1. */
  step: number;
  loss: number;
  accuracy: number | null;
}

/** How a step went for one layer, all its trained weights together. */
export interface LayerSignal {
  node: string;
  /** ‖∂L/∂w‖ */
  gradient: number;
  /** ‖Δw‖/‖w‖; null where the weights are zero. */
  ratio: number | null;
  /** The share of units that no gradient reached; null where there are no units. */
  still: number | null;
}

export interface EpochResult {
  /** From 1. */
  epoch: number;
  /** `steps` at the end of the epoch, to place it on the chart's step axis. */
  step: number;
  loss: number;
  accuracy: number | null;
  validationLoss: number | null;
  validationAccuracy: number | null;
  seconds: number;
}

export interface Progress {
  epoch: number;
  epochs: number;
  stepInEpoch: number;
  stepsPerEpoch: number;
  stepsPerSecond: number;
  samplesPerSecond: number;
  /** Null until it can be estimated. */
  secondsLeft: number | null;
  /** Of the first phase's next step. */
  learningRate: number;
  /** What tensors hold on the backend, in bytes. */
  memory: number;
}

/** One measure of a validation. */
export interface Score {
  name: string;
  value: number;
  /** A share is shown in percent. */
  unit: 'share' | 'number';
}

/** What the network says of validation samples: for the confusion matrix and the grid. */
export interface Probe {
  epoch: number;
  /** Class names; null where the target is no class. */
  classes: readonly string[] | null;
  /** `confusion[actual][predicted]`, over all validation samples. */
  confusion: number[][] | null;
  /** Over all validation samples. */
  scores: readonly Score[];
  /** At most 60, wrong ones first, then the least certain. */
  samples: ProbeSample[];
  /** Where a text is answered step by step: at most 60, those with most mistakes first. */
  sequences: ProbeSequence[];
  /** What is learnt of a text; null where none is read. */
  task: TextTask['kind'] | null;
}

/** A text as the network reads it, without padding: the entries of its vocabulary. */
export interface ProbeText {
  unit: Vocabulary['unit'];
  entries: string[];
}

export interface ProbeSample {
  /** Index into the data set. */
  index: number;
  /** The image as 8-bit values, height × width × channels; null where the input is no image. */
  image: { height: number; width: number; channels: number; pixels: Uint8Array } | null;
  /** The text; null where the input is none. */
  text: ProbeText | null;
  actual: number;
  predicted: number;
  probabilities: number[];
}

/** A text with a class for each step that is judged. */
export interface ProbeSequence {
  /** Index into the data set. */
  index: number;
  text: ProbeText;
  actual: number[];
  predicted: number[];
}

/** The values of one sample, row-major: of the only input, or of each by the field it reads. */
export type Asked = Float32Array | Readonly<Record<string, Float32Array>>;

/** One rate of a sweep: the loss of the batch that met it, and the course of the losses around it. */
export interface RatePoint {
  rate: number;
  loss: number;
  smooth: number;
}

/** What a learning-rate finder has found so far. */
export interface RateSweep {
  /** From the lowest rate up. */
  points: RatePoint[];
  /** Where the loss falls most steeply; null where it does not fall. */
  suggestion: number | null;
  /** The rate beyond which the loss grew out of measure; null where none did. */
  diverged: number | null;
}

export interface FindRateOptions {
  document: NetworkDocument;
  /** The phase whose rate is sought; the others keep theirs. */
  phase: number;
  backend: BackendName | 'auto';
  /** Where the sweep begins, instead of fresh weights; they stay as they are. */
  weights?: WeightBundle;
  /** As for a run. */
  remembered?: Settled;
}

export type FailureCode = 'data' | 'network' | 'not-a-number' | 'memory' | 'backend' | 'worker';

export type RunEvent =
  | { type: 'status'; status: RunStatus; message?: string }
  | { type: 'data'; loaded: number; total: number }
  | ({ type: 'backend' } & Settled)
  | { type: 'steps'; points: StepPoint[]; progress: Progress }
  | { type: 'signals'; step: number; layers: LayerSignal[] }
  | { type: 'epoch'; result: EpochResult }
  | { type: 'weights'; weights: WeightBundle }
  | { type: 'probe'; probe: Probe }
  | { type: 'sweep'; sweep: RateSweep }
  | { type: 'failure'; code: FailureCode; message: string; next: string };

/** What the worker answers to; `TrainingClient` on the page has the same methods. */
export interface TrainingCommands {
  /** Gets ready what any run needs, so that the next one begins sooner. */
  warm(): Promise<void>;
  /** Prepares and trains; resolves once the run has ended (finished, stopped or failed). */
  start(options: StartOptions): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** While paused: one batch. */
  step(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Tries learning rates from low to high, a batch each, on a copy of the network (Smith 2015). Not while a run is
   * going on; a run that is started ends it, as `stop` does. Gives what it has found by then.
   */
  findRate(options: FindRateOptions): Promise<RateSweep>;
  /**
   * Loads a network with trained weights, to predict without training (after a reload).
   * Not while a run is going on.
   */
  load(options: { document: NetworkDocument; weights: WeightBundle; backend: BackendName | 'auto' }): Promise<void>;
  /** Predictions over the validation part with the weights at hand. */
  probe(): Promise<Probe>;
  /** Class probabilities (or raw outputs) for one sample; step after step where each has a class. */
  predict(input: Asked): Promise<number[]>;
  /** The weights as they are now. */
  weights(): Promise<WeightBundle>;
}
