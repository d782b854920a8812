/** The way there: step by step, a product and a loop over the gates of all samples. */
import { matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { unwritten, valuesOf, written } from '../../../memory';
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
  const lasts = kind.remembers ? 2 : 1;
  const packed = unwritten([batch, steps + lasts, units]);
  const perStep = kind.kept * units;
  const kept = unwritten(keeps ? [batch, steps, perStep] : [perStep]);
  const [state, memory] = [0, 1].map((at) =>
    written(first?.[at] ? valuesOf(first[at]).slice() : new Float32Array(batch * units), [batch, units]),
  ) as [Tensor2D, Tensor2D];
  const operand = drop ? (unwritten([batch, units]) as Tensor2D) : state;
  const nothing = written(new Float32Array(batch * width), [batch, width]);
  const [bias, recurrentBias] = plan.biases.map((values) => written(values, [width])) as [Tensor, Tensor];
  for (let step = 0; step < steps; step++) {
    if (drop) multiplyInto(valuesOf(operand), valuesOf(state), drop);
    const product = step > 0 || first ? matMul(operand, recurrent as Tensor2D) : null;
    // Views are taken anew: a product may have moved the memory.
    const [outputs, notes, states, memories] = [packed, kept, state, memory].map(valuesOf) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const time = timeOf(plan, step);
    const places = {
      x: valuesOf(x),
      xAt: 0,
      product: valuesOf(product ?? nothing),
      productAt: 0,
      bias: valuesOf(bias),
      recurrentBias: valuesOf(recurrentBias),
      state: states,
      memory: memories,
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
        for (let j = 0; j < units; j++) notes[keptAt + perStep - units + j] = memories[stateAt + j] as number;
      }
      const to = (row * (steps + lasts) + step) * units;
      const begun = step >= (begins[row] as number);
      for (let j = 0; j < units; j++) outputs[to + j] = begun ? (states[stateAt + j] as number) : 0;
    }
    product?.dispose();
  }
  const outputs = valuesOf(packed);
  for (const [at, values] of [state, memory].slice(0, lasts).map(valuesOf).entries())
    for (let row = 0; row < batch; row++)
      outputs.set(values.subarray(row * units, (row + 1) * units), (row * (steps + lasts) + steps + at) * units);
  return { packed, kept };
}

function multiplyInto(product: Float32Array, a: Float32Array, b: Float32Array): void {
  for (let at = 0; at < product.length; at++) product[at] = (a[at] as number) * (b[at] as number);
}
