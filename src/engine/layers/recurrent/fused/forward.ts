/** The way there: step by step, a product and a loop over the gates of all samples. */
import { matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { unwritten, valuesOf } from '../../../memory';
import type { Cell } from './cells';
import { type Plan, timeOf } from './plan';

/**
 * @param x [N, T, W]
 * @param keeps whether a gradient will be asked for
 * @returns packed: [N, T + S, H], the outputs, then the last states; kept: [N, T, …], what the gradient needs
 */
export function forward(
  plan: Plan,
  cell: Cell,
  x: Tensor,
  recurrent: Tensor,
  first: readonly Tensor[] | null,
  keeps: boolean,
): { packed: Tensor; kept: Tensor } {
  const { kind, batch, steps, units, width, marks, begins, drop } = plan;
  const states = kind.remembers ? 2 : 1;
  const packed = unwritten([batch, steps + states, units]);
  const perStep = kind.kept * units;
  const kept = unwritten(keeps ? [batch, steps, perStep] : [perStep]);
  const operand = unwritten([batch, units]) as Tensor2D;
  const [state, memory] = [0, 1].map((at) =>
    first?.[at] ? valuesOf(first[at]).slice() : new Float32Array(batch * units),
  ) as [Float32Array, Float32Array];
  const nothing = new Float32Array(batch * width);
  for (let step = 0; step < steps; step++) {
    if (step > 0 || first) valuesOf(operand).set(drop ? state.map((h, at) => h * (drop[at] as number)) : state);
    const product = step > 0 || first ? matMul(operand, recurrent as Tensor2D) : null;
    // Views are taken anew: a product may have moved the memory.
    const [inputs, outputs, notes] = [valuesOf(x), valuesOf(packed), valuesOf(kept)];
    const products = product ? valuesOf(product) : nothing;
    const time = timeOf(plan, step);
    const places = {
      x: inputs,
      xAt: 0,
      product: products,
      productAt: 0,
      state,
      memory,
      stateAt: 0,
      kept: notes,
      keptAt: 0,
    };
    for (let row = 0; row < batch; row++) {
      const stateAt = row * units;
      const keptAt = keeps ? (row * steps + step) * perStep : 0;
      if (marks?.[row * steps + time] !== 0) {
        places.xAt = (row * steps + time) * width;
        places.productAt = row * width;
        places.stateAt = stateAt;
        places.keptAt = keptAt;
        kind.forward(cell, places);
      } else if (kind.remembers) {
        for (let j = 0; j < units; j++) notes[keptAt + perStep - units + j] = memory[stateAt + j] as number;
      }
      const to = (row * (steps + states) + step) * units;
      const begun = step >= (begins[row] as number);
      for (let j = 0; j < units; j++) outputs[to + j] = begun ? (state[stateAt + j] as number) : 0;
    }
    product?.dispose();
  }
  const outputs = valuesOf(packed);
  for (const [at, values] of [state, memory].slice(0, states).entries())
    for (let row = 0; row < batch; row++)
      outputs.set(values.subarray(row * units, (row + 1) * units), (row * (steps + states) + steps + at) * units);
  operand.dispose();
  return { packed, kept };
}
