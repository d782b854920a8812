/** Collects what steps give and tells it on, batched: at most ten messages a second. */
import { disposeResult, readsAtOnce, type StepResult } from '@/engine';
import { notANumber } from './failure';
import type { Progress, RunEvent, StepPoint } from './protocol';

const INTERVAL = 100;

/** How quickly the measured pace follows the last steps. */
const PACE_WEIGHT = 0.1;

export class Meter {
  private pending: { step: number; result: StepResult }[] = [];
  private points: StepPoint[] = [];
  private lastTold = 0;
  private loss = 0;
  private correct: number | null = null;
  private samples = 0;
  private pace: number | null = null;
  private stepStart = 0;

  constructor(private readonly emit: (event: RunEvent) => void) {}

  beginEpoch(): void {
    this.loss = 0;
    this.correct = null;
    this.samples = 0;
  }

  beginStep(): void {
    this.stepStart = performance.now();
  }

  /** Takes a step's result over. @throws RunError where the loss is not a number */
  async endStep(step: number, result: StepResult, progress: () => Progress): Promise<void> {
    if (readsAtOnce()) this.note(step, result, result.loss.dataSync()[0], result.correct?.dataSync()[0]);
    else this.pending.push({ step, result });
    const due = performance.now() - this.lastTold >= INTERVAL;
    if (due) await this.read();
    const took = performance.now() - this.stepStart;
    this.pace = this.pace === null ? took : this.pace * (1 - PACE_WEIGHT) + took * PACE_WEIGHT;
    if (due) this.tell(progress());
  }

  /** Tells what has gathered, whether it is time or not. */
  async flush(progress: Progress): Promise<void> {
    await this.read();
    this.tell(progress);
  }

  private async read(): Promise<void> {
    const { pending } = this;
    this.pending = [];
    for (const { step, result } of pending) {
      const [loss, correct] = await Promise.all([result.loss.data(), result.correct?.data()]);
      this.note(step, result, loss[0], correct?.[0]);
    }
  }

  private note(step: number, result: StepResult, loss = Number.NaN, correct: number | undefined = undefined): void {
    disposeResult(result);
    if (!Number.isFinite(loss)) throw notANumber(step);
    this.loss += loss * result.samples;
    this.samples += result.samples;
    if (correct !== undefined) this.correct = (this.correct ?? 0) + correct;
    this.points.push({ step, loss, accuracy: correct === undefined ? null : correct / result.samples });
  }

  private tell(progress: Progress): void {
    this.lastTold = performance.now();
    const { points } = this;
    this.points = [];
    this.emit({ type: 'steps', points, progress });
  }

  /** Milliseconds a step takes, of late. */
  get millisecondsPerStep(): number | null {
    return this.pace;
  }

  /** Means over the samples of this epoch so far. */
  get means(): { loss: number; accuracy: number | null } {
    const { samples } = this;
    return { loss: this.loss / samples, accuracy: this.correct === null ? null : this.correct / samples };
  }

  dispose(): void {
    for (const { result } of this.pending) disposeResult(result);
    this.pending = [];
  }
}
