/** What layers add to the loss besides what the network's own losses say, such as a penalty on what passes. */
import { keep, type Scalar } from '@tensorflow/tfjs-core';

/** Null where nobody asks: then layers need not compute it. */
let open: Scalar[] | null = null;

/** Does something, and gives what layers added while it was done; whoever asks disposes of it. */
export function collectLosses<T>(work: () => T): [result: T, losses: Scalar[]] {
  const [before, losses] = [open, [] as Scalar[]];
  open = losses;
  try {
    return [work(), losses];
  } finally {
    open = before;
  }
}

/** Adds to the loss of the pass under way, if it has one. */
export function addStepLoss(loss: () => Scalar): void {
  // A model gives up all that its pass does not return.
  open?.push(keep(loss()));
}
