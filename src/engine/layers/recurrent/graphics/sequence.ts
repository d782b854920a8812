/**
 * A whole sequence as one operation with its own gradient on a graphics card: a step is a matrix product and a program
 * for each thing that is remembered, not thirty operations, and the gradient no more than that.
 */
import {
  customGrad,
  engine,
  expandDims,
  mul,
  ones,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { formulaCurveOf } from '../../../formula/curves';
import { onGraphics } from '../../../graphics/program';
import type { CellName } from '../fused/cells';
import type { Beside, Fused } from '../fused/sequence';
import { backward } from './backward';
import { type Curves, FORMULA_CELLS } from './cells';
import { forward, packed } from './forward';
import type { Plan } from './plan';

/** Whether this op can do it here. Gradients of gradients are left to the single operations. */
export const canUseGraphics = ({ activation, gate }: Pick<Fused, 'activation' | 'gate'>): boolean =>
  onGraphics() &&
  engine().state.gradientDepth <= 1 &&
  formulaCurveOf(activation) !== null &&
  formulaCurveOf(gate) !== null;

/**
 * @param x [T, N, W], the input by the kernel, with its bias, in the order of time
 * @param recurrent [H, W]
 * @param bias [W] of the recurrent product; null for none
 * @returns [T + S, N, H]: the states in the order of reading, then the S states after the last step
 */
export function readOnGraphics(
  x: Tensor3D,
  recurrent: Tensor2D,
  bias: Tensor | null,
  { marks, drop, first }: Beside,
  { cell, activation, gate, backwards }: { cell: CellName; activation: unknown; gate: unknown; backwards: boolean },
): Tensor {
  const [steps, batch] = x.shape;
  const units = recurrent.shape[0];
  const curves = { activation: formulaCurveOf(activation), gate: formulaCurveOf(gate) };
  if (!curves.activation || !curves.gate) throw new Error('an activation has no formula');
  const plan: Plan = {
    ...{ cell: FORMULA_CELLS[cell], curves: curves as Curves, batch, steps, units, backwards, drop, bias },
    begun: first !== null,
    marks: marks && wide(marks, units),
  };
  const op = customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: Tensor[]) => void;
    const way = forward(plan, x, recurrent, first);
    const beside = [plan.marks, drop].filter((one) => one !== null);
    save([x, recurrent, ...beside, ...Object.values(way).flat()]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] =>
      tidy(() => {
        const left = [...saved];
        const next = <T extends Tensor>(): T => left.shift() as T;
        const [values, matrix] = [next<Tensor3D>(), next<Tensor2D>()];
        const kept = { ...plan, marks: plan.marks && next(), drop: drop && next() };
        const taken = (tensors: readonly Tensor[]): Tensor[] => tensors.map(() => next());
        const { states, memories, dropped, products } = way;
        const ways = {
          ...{ states: taken(states), memories: taken(memories) },
          ...{ dropped: taken(dropped), products: taken(products) },
        };
        const found = backward(kept, dy, values, matrix, ways);
        return [
          found.x,
          found.recurrent,
          ...(found.bias ? [found.bias] : []),
          ...found.first.slice(0, first?.length ?? 0),
        ];
      });
    return { value: packed(way), gradFunc };
  });
  return op(x, recurrent, ...(bias ? [bias] : []), ...(first ?? []));
}

/** [N, T] as [T, N, H] */
const wide = (marks: Tensor, units: number): Tensor =>
  mul(expandDims(transpose(marks as Tensor2D), 2), ones([1, 1, units]));
