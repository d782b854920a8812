/** The loop of a run: epochs of steps, each epoch followed by a validation. */
import { seededRandom, shuffledIndices } from '@/datasets';
import type { Trainer } from '@/engine';
import { gatherBatch } from './batches';
import type { RunControl } from './control';
import { evaluate } from './evaluate';
import { Meter, type Place } from './meter';
import type { Prepared } from './prepare';
import type { RunEvent } from './protocol';
import { yieldToMessages } from './yield';

/** After so many milliseconds without a turn, messages are served. */
const TURN = 12;

/** From when on a validation is worth telling of. */
const LONG = 300;

export class Loop {
  private readonly meter: Meter;
  private readonly stepsPerEpoch: number;
  private lastTurn = performance.now();
  private step = 0;

  /** @param behind epochs behind the weights at the start; the caller reads it to know how many there are by now */
  constructor(
    private readonly trainer: Trainer,
    private readonly prepared: Prepared,
    private readonly control: RunControl,
    private readonly emit: (event: RunEvent) => void,
    public behind: number,
  ) {
    const { epochs, batchSize } = prepared.document.training;
    this.stepsPerEpoch = Math.ceil(prepared.train.length / batchSize);
    this.meter = new Meter(emit, { epochs, stepsPerEpoch: this.stepsPerEpoch, batchSize });
  }

  /** True where all epochs were run, false where the run was stopped. @throws RunError and what tfjs throws */
  async run(): Promise<boolean> {
    const { epochs } = this.prepared.document.training;
    try {
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const start = performance.now();
        const goOn = (await this.steps(epoch)) && (await this.endEpoch(epoch, start));
        if (goOn) continue;
        if (this.step > 0) await this.tellWeights();
        return false;
      }
      return true;
    } finally {
      this.meter.dispose();
    }
  }

  private async steps(epoch: number): Promise<boolean> {
    const { dataset, fields } = this.prepared;
    const order = this.order();
    this.meter.beginEpoch(this.step);
    const place = (stepInEpoch: number): Place => ({ epoch, stepInEpoch, step: this.step });
    for (let at = 0; at < this.stepsPerEpoch; at++) {
      const goOn = await this.control.mayGoOn(() => this.rest(place(at)));
      if (!goOn) {
        await this.meter.flush(place(at));
        return false;
      }
      const result = this.trainer.step(gatherBatch(dataset, fields, this.batch(order, at)));
      this.step += 1;
      await this.meter.endStep(result, place(at + 1));
      await this.serveMessages();
    }
    await this.meter.flush(place(this.stepsPerEpoch));
    return true;
  }

  /** Positions in the training part, another order in each epoch; null where they are taken as they come. */
  private order(): Uint32Array | null {
    const { train, document } = this.prepared;
    const { shuffle, seed } = document.training;
    return shuffle ? shuffledIndices(train.length, seededRandom(seed + 7919 * (this.behind + 1))) : null;
  }

  /** Sample numbers of a batch. The last of an epoch holds what is left, as in Keras. */
  private batch(order: Uint32Array | null, step: number): Uint32Array {
    const { train, document } = this.prepared;
    const { batchSize } = document.training;
    const [from, to] = [step * batchSize, (step + 1) * batchSize];
    return order ? order.slice(from, to).map((at) => train[at] ?? 0) : train.slice(from, to);
  }

  private async rest(place: Place): Promise<void> {
    await this.meter.flush(place);
    this.emit({ type: 'status', status: 'paused' });
    await this.tellWeights();
    this.meter.goOn(place.step);
  }

  private async serveMessages(): Promise<void> {
    if (performance.now() - this.lastTurn < TURN) return;
    await yieldToMessages();
    this.lastTurn = performance.now();
  }

  private async endEpoch(epoch: number, start: number): Promise<boolean> {
    this.behind += 1;
    const began = performance.now();
    let told = false;
    const evaluation = await evaluate(this.trainer, this.prepared, this.behind, async () => {
      await this.serveMessages();
      const goOn = await this.control.mayFinish(async () => {
        this.emit({ type: 'status', status: 'paused' });
        await this.tellWeights();
        told = false;
      });
      if (goOn && !told && performance.now() - began > LONG) {
        told = true;
        this.emit({ type: 'status', status: 'validating' });
      }
      return goOn;
    });
    if (!evaluation) return false;
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
    await this.tellWeights();
    if (told && !this.control.paused) this.emit({ type: 'status', status: 'training' });
    return true;
  }

  private async tellWeights(): Promise<void> {
    this.emit({ type: 'weights', weights: { tensors: await this.trainer.weights(), epoch: this.behind } });
  }
}
