/** What predicting and training need to remember. */
import type { Optimizer, Training } from '@/document';
import { add, type Derivation, type Dim, derive, isKnown, subtract } from '@/layers';
import type { FlatInference, Totals } from './types';

const FLOAT_BYTES = 4;

/** How many values an optimizer keeps for each weight it trains. */
export function optimizerSlots(optimizer: Optimizer): number {
  switch (optimizer.type) {
    case 'sgd':
      return optimizer.momentum > 0 ? 1 : 0;
    case 'adam':
    case 'adamw':
      return optimizer.amsgrad ? 3 : 2;
    case 'adamax':
    case 'nadam':
    case 'adadelta':
      return 2;
    case 'rmsprop':
      return 1 + Number(optimizer.momentum > 0) + Number(optimizer.centered);
    case 'adagrad':
    case 'lion':
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

/**
 * Bytes for predicting a batch: the weights, and the most that has to be kept at once when every output is
 * given up after its last use. Null where a size is unknown.
 */
export function inferenceMemory(
  { order, nodes, outgoing, totals }: FlatInference,
  batchSize: number,
): Derivation[] | null {
  if (!totals) return null;
  const place = new Map(order.map((id, at) => [id, at]));
  const ending = new Map<number, Dim>();
  let [held, most]: [Dim, number] = [0, 0];
  for (const [at, id] of order.entries()) {
    const bytes = nodes.get(id)?.activationBytes ?? 0;
    held = add(held, bytes);
    if (!isKnown(held)) return null;
    most = Math.max(most, held);
    const last = Math.max(at, ...(outgoing.get(id) ?? []).map(({ to }) => place.get(to[0]) ?? at));
    ending.set(last, add(ending.get(last) ?? 0, bytes));
    held = subtract(held, ending.get(at) ?? 0);
  }
  const weights = derive('Weights', 'P·B', { P: totals.parameters, B: FLOAT_BYTES });
  const activations = derive('Activations at once', 'N·A_max', { N: batchSize, A_max: most });
  const sum = derive('Memory for predicting', 'W + A', { W: weights.result, A: activations.result });
  return [weights, activations, sum];
}
