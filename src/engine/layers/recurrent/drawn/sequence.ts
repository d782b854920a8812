/**
 * A whole sequence as one operation with its own gradient on a graphics card: a step is a matrix product and a program
 * for each thing that is remembered, not thirty operations, and the gradient no more than that.
 */
import {
  concat,
  customGrad,
  engine,
  expandDims,
  fused,
  matMul,
  ones,
  add as plus,
  mul as product,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  sum as total,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { computeParts } from '../../../formula/compute';
import { formulaCurveOf } from '../../../formula/curves';
import { add, mul, part, sub, type Term } from '../../../formula/terms';
import { mostRead, onGraphics } from '../../../graphics/program';
import type { CellName } from '../fused/cells';
import { timeOf } from '../fused/plan';
import type { Beside, Fused } from '../fused/sequence';
import { type Before, blockOf, type Curves, DRAWN_CELLS, type DrawnCell } from './cells';

/** Whether this op can do it here. Gradients of gradients are left to the single operations. */
export const canDraw = ({ activation, gate }: Pick<Fused, 'activation' | 'gate'>): boolean =>
  onGraphics() &&
  engine().state.gradientDepth <= 1 &&
  formulaCurveOf(activation) !== null &&
  formulaCurveOf(gate) !== null;

interface Plan {
  cell: DrawnCell;
  curves: Curves;
  batch: number;
  steps: number;
  units: number;
  backwards: boolean;
  /** [T, N, H]: 0 where a step is padding; null for none */
  marks: Tensor | null;
  /** [N, H]; null for none */
  drop: Tensor | null;
  /** Whether a state is given to begin with. */
  begun: boolean;
  /** The bias of the recurrent product, [W]; null for none */
  bias: Tensor | null;
}

/** What was found on the way: matrices of N rows. */
interface Way {
  /** T + 1 of them: before the first step, and after each. */
  states: Tensor[];
  /** As many; none for a cell without. */
  memories: Tensor[];
  /** Of each step what was multiplied by the recurrent kernel, where that is not the state itself. */
  dropped: Tensor[];
  /** The recurrent products, with their bias, from the first step on that has one. */
  products: Tensor[];
}

/**
 * @param x [T, N, W], the input by the kernel, with its bias, in the order of time
 * @param recurrent [H, W]
 * @param bias [W] of the recurrent product; null for none
 * @returns [T + S, N, H]: the states in the order of reading, then the S states after the last step
 */
export function drawSequence(
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
    ...{ cell: DRAWN_CELLS[cell], curves: curves as Curves, batch, steps, units, backwards, drop, bias },
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
  product(expandDims(transpose(marks as Tensor2D), 2), ones([1, 1, units]));

/** What a cell sees of a step. */
function beforeOf({ units, steps }: Plan, x: Tensor, at: number, time: number, way: Way): Before {
  const product = way.products[at - steps + way.products.length];
  return {
    input: blockOf(x, units, time),
    product: product ? blockOf(product, units) : () => 0,
    state: way.states[at] as Tensor,
    memory: way.memories[at] ?? 0,
  };
}

function forward(plan: Plan, x: Tensor, recurrent: Tensor2D, first: readonly Tensor[] | null): Way {
  const { cell, curves, batch, units, steps, marks, drop, bias } = plan;
  const shape = [batch, units] as const;
  const [state, memory] = [0, 1].map((at) => first?.[at] ?? zeros([batch, units])) as [Tensor, Tensor];
  const way: Way = { states: [state], memories: cell.memory ? [memory] : [], dropped: [], products: [] };
  for (let at = 0; at < steps; at++) {
    const time = timeOf(plan, at);
    const before = way.states[at] as Tensor;
    if (at > 0 || first) {
      const operand = drop ? computeParts([mul(before, drop)], shape) : before;
      if (drop) way.dropped.push(operand);
      way.products.push(fused.matMul({ a: operand as Tensor2D, b: recurrent, ...(bias && { bias }) }));
    } else if (bias) {
      way.products.push(plus(zeros([batch, bias.size]), bias));
    }
    const seen = beforeOf({ ...plan, steps: at + 1 }, x, at, time, way);
    /** Padding leaves what was. */
    const chosen = (made: Term, old: Term): Tensor => {
      const mark = marks && part(marks, 0, time);
      return computeParts([mark ? add(old, mul(mark, sub(made, old))) : made], shape);
    };
    if (cell.memory) way.memories.push(chosen(cell.memory(curves, seen), seen.memory));
    way.states.push(chosen(cell.state(curves, seen, way.memories[at + 1] ?? 0), before));
  }
  return way;
}

/** Matrices of one shape, one below the other; tfjs looks for each of their values in all that it joins. */
function pile(matrices: readonly Tensor[]): Tensor2D {
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
const stacked = (matrices: readonly Tensor[]): Tensor =>
  reshape(pile(matrices), [matrices.length, ...(matrices[0]?.shape ?? [])]);

const packed = ({ states, memories }: Way): Tensor =>
  stacked([...states.slice(1), ...states.slice(-1), ...memories.slice(-1)]);

interface Found {
  x: Tensor;
  recurrent: Tensor;
  bias: Tensor | null;
  first: Tensor[];
}

function backward(plan: Plan, dy: Tensor, x: Tensor, recurrent: Tensor2D, way: Way): Found {
  const { cell, curves, batch, units, steps, marks, drop } = plan;
  const shape = [batch, units] as const;
  const dx: Tensor[] = Array(steps);
  const dProducts: Tensor[] = [];
  // The product of the first step may be none, or of zeros.
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
    const memoryAfter: Term = memory ?? (isLast && cell.memory ? part(dy, 0, steps + 1) : 0);
    const mark = marks && part(marks, 0, time);
    const seen = (term: Term): Term => (mark ? mul(mark, term) : term);
    const after = { state: seen(state), memory: seen(memoryAfter), found: way.memories[at + 1] ?? 0 };
    const slopes = cell.slopes(curves, beforeOf(plan, x, at, time, way), after);
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
