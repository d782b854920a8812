/** Results of steps added up where they are, so that a GPU is asked for two numbers now and then and not at every step. */
import { add, dispose, keep, mul, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { readBack } from './backends';
import { disposeResult, type StepResult } from './trainer';

interface Right {
  right: number;
  counted: number;
}

/** What a step says of its answers. */
export const rightOf = ([right = 0, counted = 0]: ArrayLike<number> & Iterable<number>): Right => ({ right, counted });

export const addRight = (a: Right | null, b: Right | null): Right | null =>
  a && b ? { right: a.right + b.right, counted: a.counted + b.counted } : (a ?? b);

export const shareOf = (correct: Right | null): number | null =>
  correct === null || correct.counted === 0 ? null : correct.right / correct.counted;

/** Sums over samples. */
export interface Sums {
  loss: number;
  /** Right answers of those counted; null where they cannot be. */
  correct: Right | null;
  samples: number;
}

export class StepSums {
  private loss: Scalar | null = null;
  private correct: Tensor | null = null;
  private samples = 0;

  /** Takes a step's result over. */
  add(result: StepResult): void {
    const { loss, correct, samples } = result;
    const [before, right] = [this.loss, this.correct];
    tidy(() => {
      const weighted = mul(loss, samples);
      this.loss = keep(before ? add(before, weighted) : weighted) as Scalar;
      if (correct) this.correct = keep(right ? add(right, correct) : correct.clone());
    });
    this.samples += samples;
    if (before) before.dispose();
    if (right && right !== this.correct) right.dispose();
    disposeResult(result);
  }

  /** What has been added since the last time; null where nothing was. */
  async take(): Promise<Sums | null> {
    const { loss, correct, samples } = this;
    if (!loss) return null;
    this.loss = null;
    this.correct = null;
    this.samples = 0;
    try {
      const [[total = Number.NaN], right] = await Promise.all([readBack(loss), correct ? readBack(correct) : null]);
      return { loss: total, correct: right && rightOf(right), samples };
    } finally {
      dispose(correct ? [loss, correct] : [loss]);
    }
  }

  dispose(): void {
    this.loss?.dispose();
    this.correct?.dispose();
    this.loss = null;
    this.correct = null;
  }
}
