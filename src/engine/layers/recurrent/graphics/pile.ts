/** Many matrices as one. */
import { concat, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { computeParts } from '../../../formula/compute';
import { mostRead } from '../../../graphics/program';

/** Matrices of one shape, one below the other; tfjs looks for each of their values in all that it joins. */
export function pile(matrices: readonly Tensor[]): Tensor2D {
  const [first, ...others] = matrices as [Tensor2D, ...Tensor2D[]];
  if (others.length === 0) return first;
  const most = mostRead();
  const groups = Math.ceil(matrices.length / most);
  const piles = Array.from({ length: groups }, (_, group) => matrices.slice(group * most, (group + 1) * most));
  // Only what is of one size can be piled up; the last group may be smaller.
  const whole = piles.map((group) =>
    group.length === 1 ? (group[0] as Tensor2D) : computeParts(group, first.shape, 'rows'),
  );
  return whole.length === 1 ? (whole[0] as Tensor2D) : concat(whole, 0);
}

/** Matrices of one shape as [count, N, …]. */
export const stacked = (matrices: readonly Tensor[]): Tensor =>
  reshape(pile(matrices), [matrices.length, ...(matrices[0]?.shape ?? [])]);
