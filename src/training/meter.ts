/** Collects what steps give and tells it on, batched: at most ten messages a second. */
import {
  addRight,
  disposeResult,
  readsAtOnce,
  rightOf,
  type StepResult,
  StepSums,
  type Sums,
  shareOf,
  tensorsHeld,
} from '@/engine';
import { notANumber } from './failure';
import type { Progress, RunEvent, StepPoint } from './protocol';

const INTERVAL = 100;

/** Milliseconds of work that a GPU may hold when its numbers are asked for: a pause waits for twice as much. */
const AHEAD = 50;

/** How quickly the measured pace follows what was measured last. */
const FOLLOW = 0.3;

/** The length of a run. */
export interface Extent {
  epochs: number;
  stepsPerEpoch: number;
  batchSize: number;
}

/** Where in it a step lies. */
export interface Place {
  epoch: number;
  /** Steps done in this epoch. */
  stepInEpoch: number;
  /** Steps done since the start. */
  step: number;
}

export class Meter {
  private readonly sums = new StepSums();
  /** On a GPU the numbers of the last interval come while the next steps run. */
  private reading: Promise<void> = Promise.resolve();
  /** Of the step that is being made. */
  learningRate = 0;
  /** Steps handed to the GPU since then. */
  private ahead = 0;
  private points: StepPoint[] = [];
  private lastTold = 0;
  private epoch: Sums = { loss: 0, correct: null, samples: 0 };
  /** Milliseconds a step takes, of late. */
  private pace: number | null = null;
  private paceFrom = { time: 0, step: 0 };
  private validation = 0;

  constructor(
    private readonly emit: (event: RunEvent) => void,
    private readonly extent: Extent,
  ) {}

  /** @param sums of the epoch so far, where it was broken off before */
  beginEpoch(step: number, sums: Sums = { loss: 0, correct: null, samples: 0 }): void {
    this.epoch = { ...sums };
    this.goOn(step);
  }

  /** What the epoch has summed up; all steps must have been told of. */
  get soFar(): Sums {
    return { ...this.epoch };
  }

  /** After a rest or a validation, which say nothing about the pace. */
  goOn(step: number): void {
    this.paceFrom = { time: performance.now(), step };
  }

  /** How long a validation takes, for the time left. */
  validated(milliseconds: number): void {
    this.validation = milliseconds;
  }

  /** Takes a step's result over. @throws RunError where the loss is not a number */
  async endStep(result: StepResult, place: Place): Promise<void> {
    if (readsAtOnce()) this.noteNow(result, place.step);
    else await this.noteLater(result, place.step);
    if (performance.now() - this.lastTold >= INTERVAL) this.tell(place);
  }

  private noteNow(result: StepResult, step: number): void {
    const { loss, correct, samples } = result;
    const sum = (loss.dataSync()[0] ?? Number.NaN) * samples;
    this.note({ loss: sum, correct: correct && rightOf(correct.dataSync<'float32'>()), samples }, step);
    disposeResult(result);
  }

  private async noteLater(result: StepResult, step: number): Promise<void> {
    this.sums.add(result);
    this.ahead += 1;
    if (this.ahead < (this.pace === null ? 1 : AHEAD / this.pace)) return;
    this.ahead = 0;
    await this.reading;
    this.reading = this.read(step);
    // It is awaited at the next turn, and its failure told there.
    this.reading.catch(() => undefined);
  }

  /** Tells what has gathered, whether it is time or not. */
  async flush(place: Place): Promise<void> {
    await this.reading;
    await this.read(place.step);
    this.tell(place);
  }

  private async read(step: number): Promise<void> {
    const sums = await this.sums.take();
    if (sums) this.note(sums, step);
  }

  private note({ loss, correct, samples }: Sums, step: number): void {
    if (!Number.isFinite(loss)) throw notANumber(step);
    this.epoch.loss += loss;
    this.epoch.samples += samples;
    this.epoch.correct = addRight(this.epoch.correct, correct);
    this.points.push({ step, loss: loss / samples, accuracy: shareOf(correct) });
  }

  private tell(place: Place): void {
    const now = performance.now();
    this.lastTold = now;
    const steps = place.step - this.paceFrom.step;
    if (steps > 0) {
      const measured = (now - this.paceFrom.time) / steps;
      this.pace = this.pace === null ? measured : this.pace + (measured - this.pace) * FOLLOW;
      this.goOn(place.step);
    }
    const { points } = this;
    this.points = [];
    this.emit({ type: 'steps', points, progress: this.progress(place) });
  }

  private progress({ epoch, stepInEpoch }: Place): Progress {
    const { pace } = this;
    const { epochs, stepsPerEpoch, batchSize } = this.extent;
    const stepsLeft = (epochs - epoch) * stepsPerEpoch + stepsPerEpoch - stepInEpoch;
    const validationsLeft = epochs - epoch + 1;
    return {
      epoch,
      epochs,
      stepInEpoch,
      stepsPerEpoch,
      stepsPerSecond: pace === null ? 0 : 1000 / pace,
      samplesPerSecond: pace === null ? 0 : (batchSize * 1000) / pace,
      learningRate: this.learningRate,
      memory: tensorsHeld().bytes,
      secondsLeft: pace === null ? null : (stepsLeft * pace + validationsLeft * this.validation) / 1000,
    };
  }

  /** Means over the samples of this epoch so far. */
  get means(): { loss: number; accuracy: number | null } {
    const { loss, correct, samples } = this.epoch;
    return { loss: loss / samples, accuracy: shareOf(correct) };
  }

  dispose(): void {
    this.sums.dispose();
  }
}
