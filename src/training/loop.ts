/** The loop of a run: epochs of steps, each epoch followed by a validation. */
import type { Course } from '@/document';
import type { Trainer, WeightSignal } from '@/engine';
import { batchAt, epochOrder, gatherBatch } from './batches';
import type { RunControl } from './control';
import { EarlyStop } from './earlyStop';
import { evaluate } from './evaluate';
import { Meter, type Place } from './meter';
import type { Prepared } from './prepare';
import type { RunEvent, RunState, WeightBundle } from './protocol';
import { byLayer } from './signals';
import { yieldToMessages } from './yield';

/** After so many milliseconds without a turn, messages are served. */
const TURN = 12;

/** Milliseconds between two looks at the gradients. */
const WATCH = 1000;

/** From when on a validation is worth telling of. */
const LONG = 300;

export class Loop {
  private readonly meter: Meter;
  private readonly stepsPerEpoch: number;
  private lastTurn = performance.now();
  private step = 0;
  private readonly watch: EarlyStop | null;
  private began = performance.now();
  /** Where the next step stands. */
  private here: Pick<RunState, 'epoch' | 'stepInEpoch'> = { epoch: 1, stepInEpoch: 0 };
  /** Why the run ends before its last epoch; null while it goes on. */
  private early: string | null = null;

  /** @param behind epochs behind the weights at the start; the caller reads it to know how many there are by now */
  constructor(
    private readonly trainer: Trainer,
    private readonly prepared: Prepared,
    private readonly control: RunControl,
    private readonly emit: (event: RunEvent) => void,
    public behind: number,
    private from: RunState | null = null,
  ) {
    const { epochs, batchSize } = prepared.document.training;
    this.stepsPerEpoch = Math.ceil(prepared.train.length / batchSize);
    const { stopping } = prepared.document.training;
    this.watch = stopping && prepared.validation.length > 0 ? new EarlyStop(stopping) : null;
    if (from) {
      this.step = from.step;
      this.began -= from.elapsed;
      if (this.watch && from.watch) this.watch.state = from.watch;
    }
    this.meter = new Meter(emit, { epochs, stepsPerEpoch: this.stepsPerEpoch, batchSize });
  }

  /** How the run ended, with a word where it ended of itself before its last epoch. @throws RunError and what tfjs throws */
  async run(): Promise<{ finished: boolean; message?: string }> {
    const { epochs } = this.prepared.document.training;
    try {
      for (let epoch = this.from?.epoch ?? 1; epoch <= epochs && this.early === null; epoch++) {
        const start = performance.now();
        const goOn = (await this.steps(epoch)) && (await this.endEpoch(epoch, start));
        if (goOn) continue;
        if (this.step > 0) await this.tellWeights(this.here);
        if (this.early === null) return { finished: false };
      }
      const best = await this.restoreBest();
      const message = [this.early, best].filter((part) => part !== null).join(' ');
      return { finished: true, ...(message !== '' && { message }) };
    } finally {
      this.meter.dispose();
    }
  }

  private async steps(epoch: number): Promise<boolean> {
    const { dataset, fields } = this.prepared;
    const order = epochOrder(this.prepared, this.behind + 1);
    const { from } = this;
    this.from = null;
    this.meter.beginEpoch(this.step, from?.sums);
    if (!from?.stepInEpoch) this.trainer.beginSequence();
    const place = (stepInEpoch: number): Place => ({ epoch, stepInEpoch, step: this.step });
    for (let at = from?.stepInEpoch ?? 0; at < this.stepsPerEpoch; at++) {
      this.here = { epoch, stepInEpoch: at };
      const goOn = await this.control.mayGoOn(() => this.rest(place(at)));
      if (!goOn) {
        await this.meter.flush(place(at));
        return false;
      }
      if (this.outOfTime) {
        this.early = `The time limit of ${this.prepared.document.training.timeLimit} seconds was reached.`;
        await this.meter.flush(place(at));
        return false;
      }
      const course = this.course(epoch, at);
      this.meter.learningRate = this.trainer.learningRate(course);
      const batch = gatherBatch(dataset, fields, batchAt(this.prepared, order, at));
      const result = this.trainer.step(batch, course, this.watches());
      this.tellSignals(result.signals);
      this.step += 1;
      await this.meter.endStep(result, place(at + 1));
      await this.serveMessages();
    }
    await this.meter.flush(place(this.stepsPerEpoch));
    return true;
  }

  /** The best weights take the last ones' place. What to say of it, or null where there is nothing to do. */
  private async restoreBest(): Promise<string | null> {
    const kept = this.watch?.kept;
    if (!kept || kept.weights.epoch === this.behind) return null;
    this.trainer.setWeights(new Map(kept.weights.tensors.map(({ name, data }) => [name, data])));
    this.emit({ type: 'weights', weights: kept.weights });
    this.emit({ type: 'probe', probe: kept.probe });
    return `The weights of epoch ${kept.epoch} are kept: they had the lowest validation loss.`;
  }

  private get outOfTime(): boolean {
    const { timeLimit } = this.prepared.document.training;
    return timeLimit !== undefined && performance.now() - this.began > timeLimit * 1000;
  }

  private lastWatched = Number.NEGATIVE_INFINITY;

  /** Whether the next step is one to look at. */
  private watches(): boolean {
    if (performance.now() - this.lastWatched < WATCH) return false;
    this.lastWatched = performance.now();
    return true;
  }

  private tellSignals(signals: Promise<WeightSignal[]> | null): void {
    const { step } = this;
    signals?.then(
      (weights) => this.emit({ type: 'signals', step: step + 1, layers: byLayer(weights) }),
      // A lost device is told of by the step itself.
      () => undefined,
    );
  }

  /** How far the run has come, for the learning rate. */
  private course(epoch: number, stepInEpoch: number): Course {
    const { stepsPerEpoch } = this;
    const { epochs } = this.prepared.document.training;
    return { done: epoch - 1 + stepInEpoch / stepsPerEpoch, epochs, stepsPerEpoch };
  }

  private async rest(place: Place): Promise<void> {
    await this.meter.flush(place);
    this.emit({ type: 'status', status: 'paused' });
    await this.tellWeights(place);
    this.meter.goOn(place.step);
  }

  private async serveMessages(): Promise<void> {
    if (performance.now() - this.lastTurn < TURN) return;
    await yieldToMessages();
    this.lastTurn = performance.now();
  }

  private async endEpoch(epoch: number, start: number): Promise<boolean> {
    this.here = { epoch, stepInEpoch: this.stepsPerEpoch };
    const began = performance.now();
    let told = false;
    const evaluation = await evaluate(this.trainer, this.prepared, this.behind + 1, async () => {
      await this.serveMessages();
      const goOn = await this.control.mayFinish(async () => {
        this.emit({ type: 'status', status: 'paused' });
        await this.tellWeights(this.here);
        told = false;
      });
      if (goOn && !told && performance.now() - began > LONG) {
        told = true;
        this.emit({ type: 'status', status: 'validating' });
      }
      return goOn;
    });
    if (!evaluation) return false;
    this.behind += 1;
    this.meter.validated(performance.now() - began);
    const { loss, accuracy, probe } = evaluation;
    this.emit({
      type: 'epoch',
      result: {
        epoch,
        step: this.step,
        ...this.meter.means,
        validationLoss: loss,
        validationAccuracy: accuracy,
        seconds: (performance.now() - start) / 1000,
      },
    });
    this.emit({ type: 'probe', probe });
    this.trainer.endEpoch(loss ?? this.meter.means.loss);
    if (this.watch && loss !== null) {
      const over = await this.watch.look(epoch, loss, async () => ({ weights: await this.bundle(), probe }));
      if (over)
        this.early = `Stopped early: the validation loss had not become less for ${this.watch.patience} epochs.`;
    }
    const over = this.early !== null || epoch === this.prepared.document.training.epochs;
    this.meter.beginEpoch(this.step);
    await this.tellWeights(over ? null : { epoch: epoch + 1, stepInEpoch: 0 });
    if (told && !this.control.paused) this.emit({ type: 'status', status: 'training' });
    return true;
  }

  /** @param place where the run can be gone on with; null where it is over */
  private async tellWeights(place: Pick<RunState, 'epoch' | 'stepInEpoch'> | null): Promise<void> {
    const weights = await this.bundle();
    if (!place) return this.emit({ type: 'weights', weights });
    const state: RunState = {
      epoch: place.epoch,
      stepInEpoch: place.stepInEpoch,
      step: this.step,
      elapsed: performance.now() - this.began,
      sums: this.meter.soFar,
      watch: this.watch?.state ?? null,
      trainer: await this.trainer.state(),
    };
    this.emit({ type: 'weights', weights: { ...weights, state } });
  }

  private async bundle(): Promise<WeightBundle> {
    return { tensors: await this.trainer.weights(), epoch: this.behind };
  }
}
