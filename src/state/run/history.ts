/** Every step of a run, in typed arrays that grow, and a view of it that a chart can draw. */
import type { EpochResult, StepPoint } from '@/training/protocol';

/** How much of the smoothed value each new step leaves in place. */
const SMOOTHING = 0.9;

export type Measure = 'loss' | 'accuracy';

interface Curve {
  raw: Float32Array;
  smooth: Float32Array;
  /** The running average before its start is corrected for. */
  average: number;
  seen: number;
}

const emptyCurve = (size: number): Curve => ({
  raw: new Float32Array(size),
  smooth: new Float32Array(size),
  average: 0,
  seen: 0,
});

/** Steps as plain arrays; an accuracy that is not counted is no number. */
export interface StepPoints {
  stepsPerEpoch: number;
  steps: Uint32Array;
  loss: Float32Array;
  accuracy: Float32Array;
}

/**
 * Grows in place: a run may have a hundred thousand steps, and copying them ten times a second would be felt.
 * Whoever shows it watches `length`.
 */
export class StepHistory {
  length = 0;
  stepsPerEpoch = 1;
  private steps = new Uint32Array(1024);
  private readonly curves: Record<Measure, Curve> = { loss: emptyCurve(1024), accuracy: emptyCurve(1024) };

  append(points: readonly StepPoint[], stepsPerEpoch: number): void {
    this.stepsPerEpoch = Math.max(1, stepsPerEpoch);
    for (const point of points) {
      if (this.length === this.steps.length) this.grow();
      this.steps[this.length] = point.step;
      put(this.curves.loss, this.length, point.loss);
      put(this.curves.accuracy, this.length, point.accuracy);
      this.length += 1;
    }
  }

  /** All steps, as arrays of their own. */
  get points(): StepPoints {
    const until = <A extends Uint32Array | Float32Array>(values: A): A => values.slice(0, this.length) as A;
    return {
      stepsPerEpoch: this.stepsPerEpoch,
      steps: until(this.steps),
      loss: until(this.curves.loss.raw),
      accuracy: until(this.curves.accuracy.raw),
    };
  }

  /** A history of steps that were kept. */
  static of({ stepsPerEpoch, steps, loss, accuracy }: StepPoints): StepHistory {
    const history = new StepHistory();
    const points = Array.from(steps, (step, at): StepPoint => {
      const right = accuracy[at] ?? Number.NaN;
      return { step, loss: loss[at] ?? Number.NaN, accuracy: Number.isNaN(right) ? null : right };
    });
    history.append(points, stepsPerEpoch);
    return history;
  }

  /** The place of a step on the time axis, in epochs. */
  epochAt(index: number): number {
    return (this.steps[index] ?? 0) / this.stepsPerEpoch;
  }

  at(measure: Measure, index: number): { raw: number; smooth: number } {
    const curve = this.curves[measure];
    return { raw: curve.raw[index] ?? Number.NaN, smooth: curve.smooth[index] ?? Number.NaN };
  }

  /** The smoothed value nearest to a time, for comparing runs on one axis; null after the run's end. */
  smoothAt(measure: Measure, epoch: number): number | null {
    const last = this.length - 1;
    if (last < 0 || epoch > this.epochAt(last)) return null;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.epochAt(middle) < epoch) low = middle + 1;
      else high = middle;
    }
    return finite(this.curves[measure].smooth[low]);
  }

  private grow(): void {
    const size = this.steps.length * 2;
    this.steps = enlarge(this.steps, new Uint32Array(size));
    for (const curve of Object.values(this.curves)) {
      curve.raw = enlarge(curve.raw, new Float32Array(size));
      curve.smooth = enlarge(curve.smooth, new Float32Array(size));
    }
  }
}

function enlarge<A extends Uint32Array | Float32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

function put(curve: Curve, index: number, value: number | null): void {
  curve.raw[index] = value ?? Number.NaN;
  if (value !== null && Number.isFinite(value)) {
    curve.average = SMOOTHING * curve.average + (1 - SMOOTHING) * value;
    curve.seen += 1;
  }
  // Divided by the weight given so far, else the first steps would be drawn towards 0.
  curve.smooth[index] = curve.seen === 0 ? Number.NaN : curve.average / (1 - SMOOTHING ** curve.seen);
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** One place on the time axis. Null where there is nothing to draw. */
export interface ChartRow {
  epoch: number;
  raw: number | null;
  smooth: number | null;
  validation: number | null;
  /** Smoothed values of earlier runs, in their order. */
  past: readonly (number | null)[];
}

/** The most rows a chart is given; more are not seen and slow it down. */
export const MOST_ROWS = 600;

/**
 * The history in at most `most` rows. Steps that share a row are stood for by the one that strays furthest
 * from the smoothed line, so that no spike is lost.
 */
export function chartRows(
  measure: Measure,
  history: StepHistory,
  epochs: readonly EpochResult[],
  past: readonly StepHistory[] = [],
  most = MOST_ROWS,
): ChartRow[] {
  const rows: ChartRow[] = [];
  const count = Math.min(history.length, most);
  let nextEpoch = 0;
  for (let row = 0; row < count; row++) {
    const start = Math.floor((row * history.length) / count);
    const end = Math.floor(((row + 1) * history.length) / count);
    const index = furthest(measure, history, start, end);
    const epoch = history.epochAt(end - 1);
    const { validation, next } = validationUntil(
      measure,
      epochs,
      nextEpoch,
      epoch * history.stepsPerEpoch,
      row === count - 1,
    );
    nextEpoch = next;
    rows.push({
      epoch,
      raw: finite(history.at(measure, index).raw),
      smooth: finite(history.at(measure, end - 1).smooth),
      validation,
      past: past.map((run) => run.smoothAt(measure, epoch)),
    });
  }
  return rows;
}

function furthest(measure: Measure, history: StepHistory, start: number, end: number): number {
  let best = end - 1;
  let distance = -1;
  for (let index = start; index < end; index++) {
    const { raw, smooth } = history.at(measure, index);
    const here = Math.abs(raw - smooth);
    if (here > distance) {
      distance = here;
      best = index;
    }
  }
  return best;
}

/** The last validation result at or before a step, and which result comes next. */
function validationUntil(
  measure: Measure,
  epochs: readonly EpochResult[],
  from: number,
  step: number,
  last: boolean,
): { validation: number | null; next: number } {
  let validation: number | null = null;
  let next = from;
  for (let result = epochs[next]; result && (last || result.step <= step + 0.5); result = epochs[next]) {
    validation = measure === 'loss' ? result.validationLoss : result.validationAccuracy;
    next += 1;
  }
  return { validation, next };
}
