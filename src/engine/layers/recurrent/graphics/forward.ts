/** The way there: a product a step, and a program for each thing that is remembered. */
import { fused, add as plus, type Tensor, type Tensor2D, zeros } from '@tensorflow/tfjs-core';
import { computeParts } from '../../../formula/compute';
import { add, fixed, mul, part, sub, type Term } from '../../../formula/terms';
import { timeOf } from '../fused/plan';
import { stacked } from './pile';
import { beforeOf, type Plan, type Way } from './plan';

export function forward(plan: Plan, x: Tensor, recurrent: Tensor2D, first: readonly Tensor[] | null): Way {
  const { cell, curves, batch, units, steps, marks, drop, bias } = plan;
  const shape = [batch, units] as const;
  const [state, memory] = [0, 1].map((at) => first?.[at] ?? zeros([batch, units])) as [Tensor, Tensor];
  const way: Way = { states: [state], memories: cell.memory ? [memory] : [], dropped: [], products: [] };
  for (let at = 0; at < steps; at++) {
    const time = timeOf(plan, at);
    const before = way.states[at] as Tensor;
    const operand = drop ? computeParts([mul(before, drop)], shape) : before;
    // Nothing is multiplied where nothing is remembered yet.
    const isMultiplied = at > 0 || first !== null;
    if (drop && isMultiplied) way.dropped.push(operand);
    way.products.push(
      isMultiplied
        ? fused.matMul({ a: operand as Tensor2D, b: recurrent, ...(bias && { bias }) })
        : plus(zeros([batch, recurrent.shape[1]]), bias ?? 0),
    );
    const seen = beforeOf(plan, x, at, way);
    /** Padding leaves what was. */
    const chosen = (made: Term, old: Term): Tensor => {
      const mark = marks && part(marks, 0, time);
      return computeParts([mark ? add(old, mul(mark, sub(made, old))) : made], shape);
    };
    if (cell.memory) way.memories.push(chosen(cell.memory(curves, seen), seen.memory));
    way.states.push(chosen(cell.state(curves, seen, way.memories[at + 1] ?? fixed(0)), before));
  }
  return way;
}

/** [T + S, N, H]: the states after each step, then the last ones. */
export const packed = ({ states, memories }: Way): Tensor =>
  stacked([...states.slice(1), ...states.slice(-1), ...memories.slice(-1)]);
