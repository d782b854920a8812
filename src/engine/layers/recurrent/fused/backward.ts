/** The way back: from the last step to the first, a loop over the gates and a product with the matrix turned. */
import { matMul, reshape, stack, sum, type Tensor, type Tensor2D, transpose } from '@tensorflow/tfjs-core';
import { unwritten, valuesOf, written } from '../../../memory';
import type { Cell } from './cells';
import { type Plan, timeOf } from './plan';

export interface Gradients {
  /** [N, T, W] */
  x: Tensor;
  /** [H, W] */
  recurrent: Tensor;
  /** [N, H] each */
  first: Tensor[];
  /** Of a bias of this shape. */
  bias(shape: number[]): Tensor;
}

/**
 * @param dy [N, T + S, H], the gradient of what `forward` packed
 * @param packed what it gave
 * @param kept what it kept
 * @param first the states it began with; empty for zeros
 */
export function backward(
  plan: Plan,
  cell: Cell,
  dy: Tensor,
  recurrent: Tensor,
  packed: Tensor,
  kept: Tensor,
  first: readonly Tensor[],
): Gradients {
  const { kind, batch, steps, units, width, marks, begins, drop } = plan;
  const states = kind.remembers ? 2 : 1;
  const perStep = kind.kept * units;
  const rows = steps + states;
  const room = (values: Float32Array): Tensor => written(values, [values.length]);
  const [dState, dMemory] = [0, 1].map((at) => room(lastRows(dy, at < states ? steps + at : null))) as [Tensor, Tensor];
  const [firstState, firstMemory] = [0, 1].map((at) =>
    room(first[at] ? valuesOf(first[at]).slice() : new Float32Array(batch * units)),
  ) as [Tensor, Tensor];
  const beforeOne = unwritten([units]);
  const dx = unwritten([batch, steps, width]);
  const dProducts = kind.apart ? unwritten([batch, steps, width]) : dx;
  const operands = unwritten([batch, steps, units]);
  const dProduct = unwritten([batch, width]) as Tensor2D;
  const turned = transpose(recurrent as Tensor2D);
  for (let step = steps - 1; step >= 0; step--) {
    // Views are taken anew: a product may have moved the memory.
    const [slopes, outputs, notes] = [valuesOf(dy), valuesOf(packed), valuesOf(kept)];
    const [toX, toProducts, toProduct, seen, before] = [dx, dProducts, dProduct, operands, beforeOne].map(valuesOf) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const [state, memory, begin, beginMemory] = [dState, dMemory, firstState, firstMemory].map(valuesOf) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const time = timeOf(plan, step);
    const places = {
      ...{ kept: notes, keptAt: 0, before, memoryBefore: step > 0 ? notes : beginMemory, memoryBeforeAt: 0 },
      ...{ state, memory, stateAt: 0, x: toX, xAt: 0, product: toProduct, productAt: 0 },
    };
    for (let row = 0; row < batch; row++) {
      const stateAt = row * units;
      const productAt = row * width;
      const place = row * steps + time;
      const xAt = place * width;
      const begun = step >= (begins[row] as number);
      const from = (row * rows + step) * units;
      if (begun)
        for (let j = 0; j < units; j++)
          state[stateAt + j] = (state[stateAt + j] as number) + (slopes[from + j] as number);
      if (marks?.[place] === 0) {
        toX.fill(0, xAt, xAt + width);
        toProducts.fill(0, xAt, xAt + width);
        toProduct.fill(0, productAt, productAt + width);
        seen.fill(0, place * units, (place + 1) * units);
        continue;
      }
      const onwards = step > (begins[row] as number);
      for (let j = 0; j < units; j++) {
        const h = (onwards ? outputs[from - units + j] : begin[stateAt + j]) as number;
        before[j] = h;
        seen[place * units + j] = drop ? h * (drop[stateAt + j] as number) : h;
      }
      const keptAt = (row * steps + step) * perStep;
      places.keptAt = keptAt;
      places.memoryBeforeAt = step > 0 ? keptAt - units : stateAt;
      places.stateAt = stateAt;
      places.xAt = xAt;
      places.productAt = productAt;
      kind.backward(cell, places);
      if (kind.apart) toProducts.set(toProduct.subarray(productAt, productAt + width), xAt);
    }
    if (step === 0 && first.length === 0) break;
    const product = matMul(dProduct, turned);
    addInto(valuesOf(dState), valuesOf(product), drop);
    product.dispose();
  }
  return gradientsOf(plan, { dx, dProducts, operands, states: [dState, dMemory].slice(0, first.length) });
}

interface Found {
  /** [N, T, W] each: of the input, and of the recurrent products. */
  dx: Tensor;
  dProducts: Tensor;
  /** [N, T, H]: what the recurrent kernel was multiplied with. */
  operands: Tensor;
  /** Of the first states. */
  states: readonly Tensor[];
}

/** The gradients of what a sequence was made of. */
export function gradientsOf({ batch, steps, units }: Plan, { dx, dProducts, operands, states }: Found): Gradients {
  const flat = (x: Tensor): Tensor2D => reshape(x, [batch * steps, x.shape[2] ?? 1]);
  return {
    x: dx,
    recurrent: matMul(flat(operands), flat(dProducts), true),
    first: states.map((one) => reshape(one, [batch, units])),
    bias: (shape) => (shape.length === 1 ? sum(flat(dx), 0) : stack([sum(flat(dx), 0), sum(flat(dProducts), 0)])),
  };
}

function addInto(total: Float32Array, more: Float32Array, drop: Float32Array | null): void {
  for (let at = 0; at < total.length; at++)
    total[at] = (total[at] as number) + (more[at] as number) * (drop ? (drop[at] as number) : 1);
}

/** A copy of one row of each sample; zeros for none. */
export function lastRows(dy: Tensor, at: number | null): Float32Array {
  const [batch = 1, rows = 1, units = 1] = dy.shape;
  const copy = new Float32Array(batch * units);
  const values = valuesOf(dy);
  if (at === null) return copy;
  for (let row = 0; row < batch; row++)
    copy.set(values.subarray((row * rows + at) * units, (row * rows + at + 1) * units), row * units);
  return copy;
}
