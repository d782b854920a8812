/**
 * The training run. Events flow one way: command → worker → event → store → view. A run keeps the network
 * it was started with; editing meanwhile changes nothing about it.
 */
import { create } from 'zustand';
import type { NetworkDocument } from '@/document';
import { TrainingClient } from '@/training/client';
import type { Asked, BackendName, RunEvent, WeightBundle } from '@/training/protocol';
import { freshView, isActive, reduceEvent } from './run/events';
import { StepHistory } from './run/history';
import type { PastRun, RunView, SavedWeights } from './run/types';
import { forgetWeights, keepWeights, readWeights } from './run/weights';

/** How many earlier runs stay on the charts. */
const MOST_PAST_RUNS = 5;

export type BackendChoice = BackendName | 'auto';

interface RunStore extends RunView {
  backendChoice: BackendChoice;
  past: readonly PastRun[];
  /** Why the weights could not be kept in the browser, in the browser's word; null where they were. */
  unkept: string | null;
  /** True once the worker holds `weights`, so that it can predict. */
  ready: boolean;
  chooseBackend(choice: BackendChoice): void;
  train(
    id: string,
    document: NetworkDocument,
    options?: { weights?: WeightBundle; singleBatch?: boolean },
  ): Promise<void>;
  /** Goes on with the run that was broken off, as if it had not been. */
  goOn(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  stop(): Promise<void>;
  /** Shows what is kept of a network; an active run goes on undisturbed. */
  show(id: string): Promise<void>;
  /** Gives restored weights to the worker, and asks it what they say of the validation samples. */
  wake(): Promise<void>;
  predict(input: Asked): Promise<number[]>;
  discardWeights(): Promise<void>;
  /** Tries again to keep the weights in the browser. */
  keepWeights(): Promise<void>;
  clearPast(): void;
}

let client: TrainingClient | undefined;
/** A single batch was asked for before there was a run: it is done once the run is ready. */
let stepWhenReady = false;
/** Settles when the run that was started last has ended. */
let ended: Promise<void> = Promise.resolve();

/** Made when first needed: the worker brings tfjs with it. */
export function trainer(): TrainingClient {
  if (!client) {
    client = new TrainingClient();
    client.onEvent(receive);
  }
  return client;
}

/** Someone is about to train: the worker is started meanwhile. */
export function expectTraining(): void {
  // Where it does not start, Train says why.
  if (!client)
    trainer()
      .warm()
      .catch(() => undefined);
}

function receive(event: RunEvent): void {
  const before = useRun.getState();
  useRun.setState(reduceEvent(before, event));
  // A new worker knows nothing of the weights.
  if (event.type === 'failure' && event.code === 'worker') useRun.setState({ ready: false });
  const { network, weights } = useRun.getState();
  if (event.type === 'status' && event.status === 'paused' && stepWhenReady) {
    stepWhenReady = false;
    void useRun.getState().step();
  }
  if (event.type === 'weights' && network && weights) void keep();
}

/** Keeps the weights there are in the browser, and knows if it could not. */
async function keep(): Promise<void> {
  const { network, weights } = useRun.getState();
  if (!network || !weights) return;
  const unkept = await keepWeights(network.id, weights);
  if (useRun.getState().network?.id === network.id) useRun.setState({ unkept });
}

/** The run that is ending, as one to compare with. */
function withPast({ past, history, network, steps }: RunStore): readonly PastRun[] {
  if (steps === 0 || !network) return past;
  const run: PastRun = { id: network.startedAt, title: network.document.name, history };
  return [...past, run].slice(-MOST_PAST_RUNS);
}

/** What the charts showed of the run that weights are of, to be shown again and gone on with. */
function pastOf({ curve }: SavedWeights): Pick<RunView, 'history' | 'steps' | 'epochs'> {
  const history = curve ? StepHistory.of(curve.points) : new StepHistory();
  return { history, steps: history.length, epochs: curve?.epochs ?? [] };
}

/** A command that cannot be carried out is said where failures are said, never thrown at a button. */
async function command(carryOut: () => Promise<void>): Promise<void> {
  try {
    await carryOut();
  } catch (error) {
    useRun.setState({
      status: 'failed',
      failure: {
        code: 'worker',
        message: error instanceof Error ? error.message : String(error),
        next: 'Train again; if it keeps happening, choose another backend.',
      },
    });
  }
}

export const useRun = create<RunStore>((set, get) => ({
  ...freshView(null),
  backendChoice: 'auto',
  past: [],
  unkept: null,
  ready: false,

  chooseBackend: (backendChoice) => set({ backendChoice }),

  async train(id, document, { weights, singleBatch = false } = {}) {
    if (isActive(get().status)) {
      await get().stop();
      await ended;
    }
    stepWhenReady = singleBatch;
    set({ ...freshView({ id, document, startedAt: Date.now() }), past: withPast(get()), ready: true, unkept: null });
    ended = command(() =>
      trainer().start({ document, backend: get().backendChoice, paused: singleBatch, ...(weights && { weights }) }),
    );
    await ended;
  },

  async goOn() {
    const { network, weights, status } = get();
    if (!network || !weights?.bundle.state || isActive(status)) return;
    const { document, bundle } = weights;
    stepWhenReady = false;
    set({ ...freshView({ ...network, document }), ...pastOf(weights), weights, ready: true });
    ended = command(() => trainer().start({ document, backend: get().backendChoice, weights: bundle, resume: true }));
    await ended;
  },

  pause: () => command(() => trainer().pause()),
  resume: () =>
    command(async () => {
      await trainer().resume();
      // Said at once, so that Pause is there to be pressed; the next event tells if it was otherwise.
      if (get().status === 'paused') set({ status: 'training' });
    }),
  step: () => command(() => trainer().step()),
  stop: () => command(() => trainer().stop()),

  async show(id) {
    const { network, status } = get();
    if (network?.id === id || isActive(status)) return;
    set({ ...freshView(null), past: [], ready: false });
    const kept = await readWeights(id);
    // Another network may have been opened, or a run started, while the browser was reading.
    if (!kept || get().network || get().weights) return;
    set({ network: { id, document: kept.document, startedAt: kept.savedAt }, weights: kept, ...pastOf(kept) });
  },

  async wake() {
    const { network, weights, ready, status } = get();
    if (!network || !weights || ready || isActive(status)) return;
    set({ ready: true });
    await command(async () => {
      await trainer().load({ document: weights.document, weights: weights.bundle, backend: get().backendChoice });
      const probe = await trainer().probe();
      if (get().network === network) set({ probe });
    });
  },

  predict: (input) => trainer().predict(input),

  keepWeights: keep,

  async discardWeights() {
    const { network } = get();
    if (!network || isActive(get().status)) return;
    set({ ...freshView(null), ready: false });
    await forgetWeights(network.id);
  },

  clearPast: () => set({ past: [] }),
}));
