/** One step of each recurrent cell, on what the inputs have become by the kernel already. Gates in Keras's order. */
import { add, matMul, mul, split, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

type Activate = (x: Tensor) => Tensor;

export interface CellWeights {
  /** [H, blocks·H] */
  recurrent: Tensor2D;
  /** GRU with reset after: the bias of the recurrent product. */
  recurrentBias: Tensor | null;
  activation: Activate;
  gate: Activate;
  /** Multiplies what is remembered, while training; null for none. */
  drop: Tensor | null;
}

/** What is remembered: the output, and an LSTM's cell. */
export type State = readonly Tensor[];

export type Step = (x: Tensor, state: State, cell: CellWeights) => State;

const product = (h: Tensor, { recurrent, drop }: CellWeights): Tensor =>
  matMul((drop ? mul(h, drop) : h) as Tensor2D, recurrent);

export const simpleStep: Step = (x, [h], cell) => [cell.activation(add(x, product(h as Tensor, cell)))];

export const lstmStep: Step = (x, [h, c], cell) => {
  const [i, f, candidate, o] = split(add(x, product(h as Tensor, cell)), 4, -1) as [Tensor, Tensor, Tensor, Tensor];
  const kept = mul(cell.gate(f), c as Tensor);
  const next = add(kept, mul(cell.gate(i), cell.activation(candidate)));
  return [mul(cell.gate(o), cell.activation(next)), next];
};

/** Cho et al. 2014 as cuDNN has it: the reset comes after the recurrent product. */
export const gruStep: Step = (x, [h], cell) => {
  const inner = product(h as Tensor, cell);
  const biased = cell.recurrentBias ? add(inner, cell.recurrentBias) : inner;
  const [xz, xr, xh] = split(x, 3, -1) as [Tensor, Tensor, Tensor];
  const [hz, hr, hh] = split(biased, 3, -1) as [Tensor, Tensor, Tensor];
  const z = cell.gate(add(xz, hz));
  const r = cell.gate(add(xr, hr));
  return [blend(z, h as Tensor, cell.activation(add(xh, mul(r, hh))))];
};

/** The reset comes before it. */
export const gruStepBefore: Step = (x, [h], cell) => {
  const units = (h as Tensor).shape[1] ?? 1;
  const seen = (cell.drop ? mul(h as Tensor, cell.drop) : (h as Tensor)) as Tensor2D;
  const [gates, candidate] = split(cell.recurrent, [2 * units, units], 1) as [Tensor2D, Tensor2D];
  const [xg, xh] = split(x, [2 * units, units], -1) as [Tensor, Tensor];
  const [z, r] = split(cell.gate(add(xg, matMul(seen, gates))), 2, -1) as [Tensor, Tensor];
  const made = cell.activation(add(xh, matMul(mul(r, seen) as Tensor2D, candidate)));
  return [blend(z, h as Tensor, made)];
};

/** z·old + (1 − z)·new */
const blend = (z: Tensor, old: Tensor, made: Tensor): Tensor => add(mul(z, sub(old, made)), made);
