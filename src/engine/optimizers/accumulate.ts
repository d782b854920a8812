/** Adds the gradients of several batches up, for the effect of a larger one. */
import { add, dispose, keep, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Gradients } from './updater';

/** What has been added up so far. */
export interface Gathered {
  added: number;
  sums: Gradients;
}

export interface Accumulator {
  /** The tensors stay here. */
  readonly gathered: Gathered;
  /** Goes on from sums of before; takes the tensors over. */
  restore(gathered: Gathered): void;
  /** Takes the gradients over. The mean of the last `count` batches', when there are so many; else null. */
  add(gradients: Gradients): Gradients | null;
  dispose(): void;
}

export function createAccumulator(count: number): Accumulator {
  let sums: Record<string, Tensor> = {};
  let added = 0;
  return {
    get gathered() {
      return { added, sums };
    },
    restore(gathered) {
      dispose(Object.values(sums));
      sums = Object.fromEntries(Object.entries(gathered.sums).map(([name, sum]) => [name, keep(sum)]));
      added = gathered.added;
    },
    add(gradients) {
      for (const [name, gradient] of Object.entries(gradients)) {
        const before = sums[name];
        sums[name] = before ? keep(tidy(() => add(before, gradient))) : keep(gradient);
        if (before) dispose([before, gradient]);
      }
      added += 1;
      if (added < count) return null;
      const means = Object.fromEntries(
        Object.entries(sums).map(([name, sum]) => [name, tidy(() => mul(sum, 1 / count))]),
      );
      dispose(Object.values(sums));
      sums = {};
      added = 0;
      return means;
    },
    dispose: () => dispose(Object.values(sums)),
  };
}
