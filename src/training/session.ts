/**
 * A network being trained, from its document to its weights. The same in the worker and in Node: it
 * knows neither messages nor files, only where data come from and where events go.
 */
import { type CompiledNetwork, compile } from '@/compiler';
import { type Dataset, seededRandom, shuffledIndices, splitIndices } from '@/datasets';
import type { NetworkDocument } from '@/document';
import {
  type Backend,
  likelyBackends,
  prepareBackends,
  startBackend,
  Trainer,
  threadsInUse,
  toProbabilities,
  type WasmFiles,
} from '@/engine';
import { inferDocument } from '@/inference';
import { isKnown } from '@/layers';
import { fieldsRead, gatherBatch } from './batches';
import { chooseBackend } from './choose';
import { RunControl } from './control';
import { failureOf, RunError } from './failure';
import { Meter } from './meter';
import { EMPTY_PROBE, makeProbe } from './probe';
import type { BackendTiming, Probe, Progress, RunEvent, StartOptions, WeightBundle } from './protocol';
import { yieldToMessages } from './yield';

export interface SessionOptions {
  loadData(id: string, onProgress: (progress: { loaded: number; total: number }) => void): Promise<Dataset>;
  emit(event: RunEvent): void;
  wasmFiles?: WasmFiles;
  /** Which backends Auto tries; those the machine is likely to have where absent. */
  candidates?: readonly Backend[];
}

/** Samples evaluated at once: large enough to be quick, small enough to pause between. */
const EVALUATED_AT_ONCE = 250;

/** After so long without a turn, messages are served. */
const TURN = 12;

interface Prepared {
  document: NetworkDocument;
  network: CompiledNetwork;
  dataset: Dataset;
  fields: string[];
  train: Uint32Array;
  validation: Uint32Array;
}

export class Session {
  private control = new RunControl();
  private prepared: Prepared | null = null;
  private trainer: Trainer | null = null;
  private running: Promise<void> | null = null;
  private epochsBehind = 0;

  constructor(private readonly options: SessionOptions) {}

  /** Trains until the end, a stop or a failure; which of them is told by events, not thrown. */
  async start(options: StartOptions): Promise<void> {
    if (this.running) throw new Error('A run is going on already.');
    this.control = new RunControl();
    if (options.paused) this.control.pause();
    this.running = this.run(options);
    try {
      await this.running;
    } finally {
      this.running = null;
    }
  }

  pause(): void {
    this.control.pause();
  }

  resume(): void {
    this.control.resume();
  }

  step(): void {
    this.control.step();
  }

  /** Resolves once the run has ended. */
  async stop(): Promise<void> {
    this.control.stop();
    await this.running?.catch(() => undefined);
  }

  /**
   * Makes trained weights ready to predict.
   * @throws Error while a run is going on, or where weights and network do not fit
   */
  async load({
    document,
    weights,
    backend,
  }: {
    document: NetworkDocument;
    weights: WeightBundle;
    backend: StartOptions['backend'];
  }): Promise<void> {
    if (this.running) throw new Error('A run is going on already.');
    prepareBackends(this.options.wasmFiles);
    const prepared = await this.prepare(document);
    await startBackend(backend === 'auto' ? 'wasm' : backend);
    await this.replaceTrainer(prepared, weights);
  }

  async weights(): Promise<WeightBundle> {
    const { trainer } = this.ready();
    return { tensors: await trainer.weights(), epoch: this.epochsBehind };
  }

  async probe(): Promise<Probe> {
    const { trainer, prepared } = this.ready();
    const { probe } = await this.evaluate(trainer, prepared);
    return probe;
  }

  async predict(input: Float32Array): Promise<number[]> {
    const { trainer } = this.ready();
    if (trainer.network.inputs.length !== 1)
      throw new Error('This network has several inputs; one alone cannot be predicted.');
    const loss = trainer.classifier;
    const raw = await trainer.predict([input], loss?.prediction ?? 0);
    return loss ? toProbabilities(loss, raw) : Array.from(raw);
  }

  dispose(): void {
    this.trainer?.dispose();
    this.trainer = null;
  }

  private ready(): { trainer: Trainer; prepared: Prepared } {
    const { trainer, prepared } = this;
    if (!trainer || !prepared) throw new Error('There is no trained network yet.');
    return { trainer, prepared };
  }

  private async run(options: StartOptions): Promise<void> {
    const { emit } = this.options;
    try {
      emit({ type: 'status', status: 'preparing' });
      prepareBackends(this.options.wasmFiles);
      const prepared = await this.prepare(options.document);
      if (this.control.stopped) return emit({ type: 'status', status: 'stopped' });
      await this.setBackend(options, prepared);
      const trainer = await this.replaceTrainer(prepared, options.weights);
      if (!this.control.paused) emit({ type: 'status', status: 'training' });
      const finished = await this.epochs(trainer, prepared);
      emit({ type: 'status', status: finished ? 'finished' : 'stopped' });
    } catch (error) {
      if (process.env.DEBUG_RUN) console.error(error);
      emit(failureOf(error));
      emit({ type: 'status', status: 'failed' });
    }
  }

  private async prepare(document: NetworkDocument): Promise<Prepared> {
    const { dataset: id, validationSplit, seed } = document.training;
    if (id === undefined)
      throw new RunError('data', 'The network has no data set to learn from.', 'Choose one in the Data panel.');
    const dataset = await this.options.loadData(id, ({ loaded, total }) =>
      this.options.emit({ type: 'data', loaded, total }),
    );
    const network = compile(document, { fields: dataset.info.fields, logits: true });
    const split = splitIndices(dataset.info.samples, {
      seed,
      ...(validationSplit !== undefined && { validationSplit }),
    });
    if (split.train.length === 0)
      throw new RunError('data', 'No samples are left to train on.', 'Hold out a smaller share for validation.');
    return {
      document,
      network,
      dataset,
      fields: fieldsRead(network),
      train: split.train,
      validation: split.validation,
    };
  }

  private async setBackend({ backend, remembered }: StartOptions, prepared: Prepared): Promise<void> {
    const { document, network, dataset, fields, train } = prepared;
    let timings: BackendTiming[] = [];
    let chosen: Backend;
    if (backend !== 'auto') chosen = backend;
    else if (remembered && (await this.works(remembered.backend))) {
      chosen = remembered.backend;
      timings = remembered.timings;
    } else {
      const batch = gatherBatch(dataset, fields, train.slice(0, document.training.batchSize));
      const macs = inferDocument(document, dataset.info.fields).totals?.macs ?? 0;
      const candidates = this.options.candidates ?? likelyBackends();
      const choice = await chooseBackend(network, document.training, batch, isKnown(macs) ? macs : 0, candidates);
      chosen = choice.backend;
      timings = choice.timings;
    }
    await startBackend(chosen);
    this.options.emit({ type: 'backend', backend: chosen, threads: threadsInUse(), timings });
  }

  private async works(backend: Backend): Promise<boolean> {
    return startBackend(backend).then(
      () => true,
      () => false,
    );
  }

  private async replaceTrainer(prepared: Prepared, weights: WeightBundle | undefined): Promise<Trainer> {
    this.trainer?.dispose();
    this.trainer = null;
    const { phases, seed } = prepared.document.training;
    const trainer = await Trainer.create(prepared.network, phases, seed);
    if (weights) {
      const misfit = prepared.network.weights.find(({ name, shape }) => {
        const given = weights.tensors.find((tensor) => tensor.name === name);
        return given?.shape.join() !== shape.join();
      });
      if (misfit) {
        trainer.dispose();
        throw new RunError(
          'network',
          `The trained weights do not fit: “${misfit.name}” has another shape now.`,
          'Train the network anew.',
        );
      }
      trainer.setWeights(new Map(weights.tensors.map(({ name, data }) => [name, data])));
    }
    this.trainer = trainer;
    this.prepared = prepared;
    this.epochsBehind = weights?.epoch ?? 0;
    return trainer;
  }

  /** True where all epochs were run, false where the run was stopped. */
  private async epochs(trainer: Trainer, prepared: Prepared): Promise<boolean> {
    const { emit } = this.options;
    const { epochs, batchSize, seed, shuffle } = prepared.document.training;
    const { train, dataset, fields } = prepared;
    const stepsPerEpoch = Math.ceil(train.length / batchSize);
    const meter = new Meter(emit);
    const began = this.epochsBehind;
    let steps = 0;
    let lastTurn = performance.now();
    try {
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const start = performance.now();
        const order = shuffle ? shuffledIndices(train.length, seededRandom(seed + 7919 * (began + epoch))) : null;
        meter.beginEpoch();
        for (let step = 0; step < stepsPerEpoch; step++) {
          const progress = (done = step + 1): Progress =>
            progressOf(epoch, epochs, done, stepsPerEpoch, batchSize, meter);
          const goOn = await this.control.mayGoOn(async () => {
            await meter.flush(progress(step));
            emit({ type: 'status', status: 'paused' });
            emit({ type: 'weights', weights: await this.weights() });
          });
          if (!goOn) {
            await meter.flush(progress(step));
            if (steps > 0) emit({ type: 'weights', weights: await this.weights() });
            return false;
          }
          const rows = Uint32Array.from({ length: Math.min(batchSize, train.length - step * batchSize) }, (_, row) => {
            const at = step * batchSize + row;
            return train[order ? (order[at] ?? 0) : at] ?? 0;
          });
          meter.beginStep();
          const result = trainer.step(gatherBatch(dataset, fields, rows));
          steps += 1;
          await meter.endStep(steps, result, progress);
          if (performance.now() - lastTurn >= TURN) {
            await yieldToMessages();
            lastTurn = performance.now();
          }
        }
        await meter.flush(progressOf(epoch, epochs, stepsPerEpoch, stepsPerEpoch, batchSize, meter));
        this.epochsBehind = began + epoch;
        await this.endEpoch(trainer, prepared, epoch, steps, meter.means, start);
        lastTurn = performance.now();
      }
      return true;
    } finally {
      meter.dispose();
    }
  }

  private async endEpoch(
    trainer: Trainer,
    prepared: Prepared,
    epoch: number,
    step: number,
    means: { loss: number; accuracy: number | null },
    start: number,
  ): Promise<void> {
    const { emit } = this.options;
    const { loss, accuracy, probe } = await this.evaluate(trainer, prepared);
    emit({
      type: 'epoch',
      result: {
        epoch,
        step,
        loss: means.loss,
        accuracy: means.accuracy,
        validationLoss: loss,
        validationAccuracy: accuracy,
        seconds: (performance.now() - start) / 1000,
      },
    });
    emit({ type: 'probe', probe });
    emit({ type: 'weights', weights: await this.weights() });
  }

  /** Over the validation part, in inference mode. */
  private async evaluate(
    trainer: Trainer,
    prepared: Prepared,
  ): Promise<{ loss: number | null; accuracy: number | null; probe: Probe }> {
    const { validation, dataset, fields, network } = prepared;
    const epoch = this.epochsBehind;
    if (validation.length === 0) return { loss: null, accuracy: null, probe: { epoch, ...EMPTY_PROBE } };
    const output = trainer.classifier?.prediction ?? 0;
    const outputs: Float32Array[] = [];
    let total = 0;
    for (let at = 0; at < validation.length; at += EVALUATED_AT_ONCE) {
      const rows = validation.slice(at, at + EVALUATED_AT_ONCE);
      const result = await trainer.evaluate(gatherBatch(dataset, fields, rows), output);
      outputs.push(result.outputs);
      total += result.loss * rows.length;
      await yieldToMessages();
    }
    const probe = makeProbe(epoch, network, trainer.classifier, dataset, validation, joined(outputs));
    const right = probe.confusion?.reduce((sum, row, actual) => sum + (row[actual] ?? 0), 0);
    return { loss: total / validation.length, accuracy: right === undefined ? null : right / validation.length, probe };
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function progressOf(
  epoch: number,
  epochs: number,
  done: number,
  stepsPerEpoch: number,
  batchSize: number,
  meter: Meter,
): Progress {
  const pace = meter.millisecondsPerStep;
  const left = (epochs - epoch) * stepsPerEpoch + (stepsPerEpoch - done);
  return {
    epoch,
    epochs,
    stepInEpoch: done,
    stepsPerEpoch,
    samplesPerSecond: pace === null ? 0 : (batchSize * 1000) / pace,
    secondsLeft: pace === null ? null : (left * pace) / 1000,
  };
}
