/**
 * A network being trained, from its document to its weights. The same in the worker and in Node: it
 * knows neither messages nor files, only where data come from and where events go.
 */
import type { CompiledInput, CompiledNetwork } from '@/compiler';
import type { Dataset } from '@/datasets';
import {
  type Backend,
  backendInUse,
  prepareBackends,
  startBackend,
  Trainer,
  toProbabilities,
  type WasmFiles,
} from '@/engine';
import { settleBackend } from './choose';
import { RunControl } from './control';
import { evaluate } from './evaluate';
import { failureOf, RunError } from './failure';
import { Loop } from './loop';
import { type Prepared, prepare } from './prepare';
import type {
  Asked,
  FindRateOptions,
  Probe,
  RateSweep,
  RunEvent,
  RunState,
  StartOptions,
  TrainingCommands,
  WeightBundle,
} from './protocol';
import { sweepRates } from './rateFinder';
import { restoreWeights } from './restore';
import { fitStatistics } from './statistics';
import { yieldToMessages } from './yield';

export interface SessionOptions {
  loadData(
    id: string,
    onProgress: (progress: { loaded: number; total: number }) => void,
    signal: AbortSignal,
  ): Promise<Dataset>;
  emit(event: RunEvent): void;
  wasmFiles?: WasmFiles;
  /** Which backends Auto tries; those the machine is likely to have where absent. */
  candidates?: readonly Backend[];
}

/** A network with its weights, ready to be asked. */
interface Ready {
  trainer: Trainer;
  prepared: Prepared;
  /** Epochs behind the weights. */
  behind: number;
}

/** What one input is given of what was asked. @throws Error where it is given nothing, or not what it takes */
function valuesFor({ node, field, shape }: CompiledInput, asked: Asked, inputs: number): Float32Array {
  if (asked instanceof Float32Array && inputs > 1)
    throw new Error('This network has several inputs; one alone tells it too little.');
  const values = asked instanceof Float32Array ? asked : asked[field];
  if (!values) throw new Error(`The input “${node}” was given nothing to read.`);
  const size = shape.reduce<number>((product, length) => product * (length ?? 1), 1);
  const fits = shape.includes(null) ? values.length % size === 0 : values.length === size;
  if (!fits) throw new RangeError(`The input “${node}” takes ${size} values, not ${values.length}.`);
  return values;
}

/** How many values an output has at each place. */
function widthOf({ model }: CompiledNetwork, output: number): number | null {
  const from = model.outputs[output];
  const layer = model.layers.find(({ name }) => name === from?.layer);
  return layer?.outputs[from?.tensor ?? 0]?.at(-1) ?? null;
}

export class Session {
  private control = new RunControl();
  private warming: Promise<void> | null = null;
  private ready: Ready | null = null;
  private loop: Loop | null = null;
  private running: Promise<void> | null = null;
  private sweeping: { control: RunControl; done: Promise<RateSweep> } | null = null;

  constructor(private readonly options: SessionOptions) {}

  /** Trains until the end, a stop or a failure; which of them is told by events, not thrown. */
  async start(options: StartOptions): Promise<void> {
    this.refuseWhileRunning();
    this.control = new RunControl();
    if (options.paused) this.control.pause();
    this.running = this.endSweep().then(() => this.run(options));
    try {
      await this.running;
    } finally {
      this.running = null;
    }
  }

  /** Starts WebAssembly where no backend is in use: most networks train on it, and it is tried before others. */
  warm(): Promise<void> {
    prepareBackends(this.options.wasmFiles);
    // Where it does not start, the run that needs it says why.
    this.warming ??= backendInUse() === null ? startBackend('wasm').catch(() => undefined) : Promise.resolve();
    return this.warming;
  }

  pause(): void {
    this.control.pause();
  }

  /** Goes on with a run at rest. */
  resume(): void {
    if (!this.control.paused) return;
    this.control.resume();
    if (this.loop) this.options.emit({ type: 'status', status: 'training' });
  }

  step(): void {
    this.control.step();
  }

  /** Resolves once the run has ended. */
  async stop(): Promise<void> {
    this.control.stop();
    await this.endSweep();
    await this.running;
  }

  /**
   * Makes trained weights ready to predict.
   * @throws Error while a run is going on, or where weights and network do not fit
   */
  async load({ document, weights, backend }: Parameters<TrainingCommands['load']>[0]): Promise<void> {
    this.refuseWhileRunning();
    await this.endSweep();
    prepareBackends(this.options.wasmFiles);
    const prepared = await prepare(document, (id) => this.data(id));
    await startBackend(backend === 'auto' ? 'wasm' : backend);
    await this.makeReady(prepared, weights);
  }

  async findRate(options: FindRateOptions): Promise<RateSweep> {
    this.refuseWhileRunning();
    await this.endSweep();
    const control = new RunControl();
    const done = this.sweep(options, control);
    this.sweeping = { control, done };
    try {
      return await done;
    } finally {
      if (this.sweeping?.control === control) this.sweeping = null;
    }
  }

  private async sweep(
    { document, phase, weights, ...options }: FindRateOptions,
    control: RunControl,
  ): Promise<RateSweep> {
    const { emit, loadData } = this.options;
    prepareBackends(this.options.wasmFiles);
    const prepared = await prepare(document, (id) => loadData(id, () => undefined, control.signal));
    const before = this.ready ? backendInUse() : null;
    try {
      if (!control.stopped) await this.settle(options, prepared);
      return await sweepRates(prepared, phase, control, (sweep) => emit({ type: 'sweep', sweep }), weights);
    } finally {
      // Trained weights are asked where they lie.
      if (before) await startBackend(before);
    }
  }

  /** What else needs the backend ends a search for a learning rate. */
  private async endSweep(): Promise<void> {
    this.sweeping?.control.stop();
    await this.sweeping?.done.catch(() => undefined);
  }

  async weights(): Promise<WeightBundle> {
    const { trainer, behind } = this.asked();
    return { tensors: await trainer.weights(), epoch: behind };
  }

  async probe(): Promise<Probe> {
    const { trainer, prepared, behind } = this.asked();
    const evaluation = await evaluate(trainer, prepared, behind, async () => {
      await yieldToMessages();
      return this.ready?.trainer === trainer;
    });
    if (!evaluation) throw new Error('Another run has begun.');
    return evaluation.probe;
  }

  async predict(asked: Asked): Promise<number[]> {
    const { trainer } = this.asked();
    const { network, classifier: loss } = trainer;
    const inputs = network.inputs.map((input) => valuesFor(input, asked, network.inputs.length));
    const output = loss?.prediction ?? 0;
    const raw = await trainer.predict(inputs, output);
    if (!loss) return Array.from(raw);
    const width = widthOf(network, output) ?? raw.length;
    return Array.from({ length: raw.length / width }, (_, at) =>
      toProbabilities(loss, raw.subarray(at * width, (at + 1) * width)),
    ).flat();
  }

  dispose(): void {
    this.ready?.trainer.dispose();
    this.ready = null;
  }

  /** Disposes of what a failure left, even where its memory cannot be reached any more. */
  private forget(): void {
    try {
      this.dispose();
    } catch {
      this.ready = null;
    }
  }

  private refuseWhileRunning(): void {
    if (this.running) throw new Error('A run is going on already.');
  }

  private asked(): Ready {
    const { ready, loop } = this;
    if (!ready) throw new Error('There is no trained network yet.');
    return loop ? { ...ready, behind: loop.behind } : ready;
  }

  private data(id: string): Promise<Dataset> {
    const { loadData, emit } = this.options;
    return loadData(id, ({ loaded, total }) => emit({ type: 'data', loaded, total }), this.control.signal);
  }

  private async run(options: StartOptions): Promise<void> {
    const { emit } = this.options;
    const { control } = this;
    try {
      emit({ type: 'status', status: 'preparing' });
      const warming = this.warm();
      const prepared = await prepare(options.document, (id) => this.data(id));
      await warming;
      // The last run's memory is free for the timing and for this one.
      this.dispose();
      if (!control.stopped) await this.settle(options, prepared);
      if (!control.stopped) await this.train(prepared, options);
      else emit({ type: 'status', status: 'stopped' });
    } catch (error) {
      // A download that was broken off by a stop is no failure.
      if (control.stopped && !(error instanceof RunError)) return emit({ type: 'status', status: 'stopped' });
      emit(failureOf(error));
      emit({ type: 'status', status: 'failed' });
      // What is left of it cannot be trusted: weights may hold no numbers, or memory be gone.
      this.forget();
    }
  }

  private async train(prepared: Prepared, { weights, resume }: StartOptions): Promise<void> {
    const { emit } = this.options;
    const state = resume ? (weights?.state ?? null) : null;
    const ready = await this.makeReady(prepared, weights, state);
    const loop = new Loop(ready.trainer, prepared, this.control, emit, ready.behind, state);
    this.loop = loop;
    try {
      if (!this.control.paused) emit({ type: 'status', status: 'training' });
      const { finished, message } = await loop.run();
      emit({ type: 'status', status: finished ? 'finished' : 'stopped', ...(message !== undefined && { message }) });
    } finally {
      ready.behind = loop.behind;
      this.loop = null;
    }
  }

  private async mayPrepare(): Promise<boolean> {
    await yieldToMessages();
    return !this.control.stopped;
  }

  private async settle(options: Pick<StartOptions, 'backend' | 'remembered'>, prepared: Prepared): Promise<void> {
    const settled = await settleBackend(options, prepared, this.options.candidates);
    this.options.emit({ type: 'backend', ...settled });
  }

  private async makeReady(
    prepared: Prepared,
    weights: WeightBundle | undefined,
    state: RunState | null = null,
  ): Promise<Ready> {
    this.dispose();
    const { phases, seed } = prepared.document.training;
    const trainer = await Trainer.create(prepared.network, phases, seed);
    try {
      if (weights) restoreWeights(trainer, weights);
      else await fitStatistics(trainer, prepared, () => this.mayPrepare());
      if (state) trainer.restore(state.trainer);
    } catch (error) {
      trainer.dispose();
      throw error;
    }
    this.ready = { trainer, prepared, behind: weights?.epoch ?? 0 };
    return this.ready;
  }
}
