/** The way back: from the last step to the first, a program for each gradient and a product with the matrix turned. */
import { matMul, type Tensor, type Tensor2D, sum as total, zeros } from '@tensorflow/tfjs-core';
import { computeParts } from '../../../formula/compute';
import { add, fixed, mul, part, sub, type Term } from '../../../formula/terms';
import { timeOf } from '../fused/plan';
import { pile, stacked } from './pile';
import { beforeOf, type Plan, type Way } from './plan';

/** The gradients of what a sequence was made of. */
interface Found {
  x: Tensor;
  recurrent: Tensor;
  bias: Tensor | null;
  first: Tensor[];
}

export function backward(plan: Plan, dy: Tensor, x: Tensor, recurrent: Tensor2D, way: Way): Found {
  const { cell, curves, batch, units, steps, marks, drop } = plan;
  const shape = [batch, units] as const;
  const dx: Tensor[] = Array(steps);
  const dProducts: Tensor[] = [];
  // At the first step nothing may have been multiplied.
  const multiplied = plan.begun ? steps : steps - 1;
  let fromProduct: Tensor | null = null;
  let past: Tensor | null = null;
  let memory: Tensor | null = null;
  for (let at = steps - 1; at >= 0; at--) {
    const time = timeOf(plan, at);
    const isLast = at === steps - 1;
    const sum = summed(part(dy, 0, at), isLast ? part(dy, 0, steps) : null, droppedOf(fromProduct, drop), past);
    // Where it is long it is computed once, before it is used.
    const state: Term = marks || drop || past ? computeParts([sum], shape) : sum;
    const memoryAfter: Term = memory ?? (isLast && cell.memory ? part(dy, 0, steps + 1) : fixed(0));
    const mark = marks && part(marks, 0, time);
    const seen = (term: Term): Term => (mark ? mul(mark, term) : term);
    const after = { state: seen(state), memory: seen(memoryAfter), found: way.memories[at + 1] ?? fixed(0) };
    const slopes = cell.slopes(curves, beforeOf(plan, x, at, way), after);
    /** What goes to the states before: past the cell, and all of it where the step is padding. */
    const onwards = (slope: Term | null, whole: Term): Tensor | null => {
      const passed = mark ? summed(slope, sub(whole, mul(mark, whole))) : slope;
      return passed === null ? null : computeParts([passed], shape);
    };
    const toInput = computeParts(slopes.input, shape);
    const toProduct = slopes.product ? computeParts(slopes.product, shape) : toInput;
    [past, memory] = [onwards(slopes.state, state), cell.memory ? onwards(slopes.memory, memoryAfter) : null];
    dx[time] = toInput;
    dProducts.push(toProduct);
    fromProduct = at > 0 || plan.begun ? matMul(toProduct as Tensor2D, recurrent, false, true) : null;
  }
  const operands = (drop ? way.dropped : way.states.slice(steps - multiplied, steps)).reverse();
  const slope =
    multiplied > 0 ? matMul(pile(operands), pile(dProducts.slice(0, multiplied)), true) : zeros(recurrent.shape);
  const begin = [droppedOf(fromProduct, drop), past].filter((term) => term !== null);
  return {
    x: stacked(dx),
    recurrent: slope,
    bias: plan.bias && total(pile(dProducts), 0),
    first: [
      begin.length > 0 ? computeParts([summed(...begin)], shape) : zeros([...shape]),
      memory ?? zeros([...shape]),
    ],
  };
}

const summed = (...terms: (Term | null)[]): Term =>
  terms.filter((term) => term !== null).reduce((total, term) => add(total, term));

const droppedOf = (term: Tensor | null, drop: Tensor | null): Term | null => (term && drop ? mul(term, drop) : term);
