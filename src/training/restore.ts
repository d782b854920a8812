/** Trained weights put back into a network. */
import type { Trainer } from '@/engine';
import { RunError } from './failure';
import type { WeightBundle } from './protocol';

/** @throws RunError where the network has changed since, with the first weight that does not fit */
export function restoreWeights(trainer: Trainer, { tensors }: WeightBundle): void {
  const given = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape } of trainer.network.weights) {
    const found = given.get(name);
    const size = shape.reduce((a, b) => a * b, 1);
    if (found?.shape.join() === shape.join() && found.data.length === size) continue;
    throw new RunError(
      'network',
      `The trained weights do not fit: “${name}” ${found ? 'has another shape now' : 'is new'}.`,
      'Train the network anew.',
    );
  }
  trainer.setWeights(new Map(tensors.map(({ name, data }) => [name, data])));
}
