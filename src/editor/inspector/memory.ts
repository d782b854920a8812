/** What training needs to remember. */
import type { Optimizer, Training } from '@/document';
import type { Totals } from '@/inference';
import { type Derivation, derive } from '@/layers';

const FLOAT_BYTES = 4;

/** How many values an optimizer keeps for each weight it trains. */
export function optimizerSlots(optimizer: Optimizer): number {
  switch (optimizer.type) {
    case 'sgd':
      return optimizer.momentum > 0 ? 1 : 0;
    case 'adam':
      return 2;
    case 'rmsprop':
      return optimizer.momentum > 0 ? 2 : 1;
    case 'adagrad':
      return 1;
  }
}

/** Bytes for one training step, part by part, the sum last. */
export function trainingMemory(totals: Totals, { batchSize, phases }: Training): Derivation[] {
  const slots = Math.max(0, ...phases.map((phase) => optimizerSlots(phase.optimizer)));
  const weights = derive('Weights', 'P·B', { P: totals.parameters, B: FLOAT_BYTES });
  const gradients = derive('Gradients', 'P_train·B', { P_train: totals.trainable, B: FLOAT_BYTES });
  const optimizer = derive('Optimizer', 'P_train·S·B', { P_train: totals.trainable, S: slots, B: FLOAT_BYTES });
  const activations = derive('Stored activations', 'N·A', { N: batchSize, A: totals.activationBytes });
  const sum = derive('Memory for training', 'W + G + O + A', {
    W: weights.result,
    G: gradients.result,
    O: optimizer.result,
    A: activations.result,
  });
  return [weights, gradients, optimizer, activations, sum];
}
