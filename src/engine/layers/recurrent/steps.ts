/** One step of each recurrent cell. Gates in Keras's order. */
import { add, concat, matMul, mul, split, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

type Activate = (x: Tensor) => Tensor;

export interface CellWeights {
  /** [C, W] */
  kernel: Tensor2D;
  /** [H, W] */
  recurrent: Tensor2D;
  /** [C + H, W]: both at once */
  joined: Tensor2D;
  /** [W]; null for none */
  bias: Tensor | null;
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

const withBias = (x: Tensor, bias: Tensor | null): Tensor => (bias ? add(x, bias) : x);

const seenOf = (h: Tensor, { drop }: CellWeights): Tensor2D => (drop ? mul(h, drop) : h) as Tensor2D;

/**
 * What the input and what is remembered come to by their weights, in one product: on a graphics card every operation
 * costs time of its own, and that much again for its gradient.
 */
const together = (x: Tensor, h: Tensor, cell: CellWeights): Tensor =>
  withBias(matMul(concat([x as Tensor2D, seenOf(h, cell)], 1), cell.joined), cell.bias);

export const simpleStep: Step = (x, [h], cell) => [cell.activation(together(x, h as Tensor, cell))];

export const lstmStep: Step = (x, [h, c], cell) => {
  const [i, f, candidate, o] = split(together(x, h as Tensor, cell), 4, -1) as [Tensor, Tensor, Tensor, Tensor];
  const kept = mul(cell.gate(f), c as Tensor);
  const next = add(kept, mul(cell.gate(i), cell.activation(candidate)));
  return [mul(cell.gate(o), cell.activation(next)), next];
};

const ofInput = (x: Tensor, { kernel, bias }: CellWeights): Tensor => withBias(matMul(x as Tensor2D, kernel), bias);

/** Cho et al. 2014 as cuDNN has it: the reset comes after the recurrent product. */
export const gruStep: Step = (x, [h], cell) => {
  const biased = withBias(matMul(seenOf(h as Tensor, cell), cell.recurrent), cell.recurrentBias);
  const [xz, xr, xh] = split(ofInput(x, cell), 3, -1) as [Tensor, Tensor, Tensor];
  const [hz, hr, hh] = split(biased, 3, -1) as [Tensor, Tensor, Tensor];
  const z = cell.gate(add(xz, hz));
  const r = cell.gate(add(xr, hr));
  return [blend(z, h as Tensor, cell.activation(add(xh, mul(r, hh))))];
};

/** The reset comes before it. */
export const gruStepBefore: Step = (x, [h], cell) => {
  const units = (h as Tensor).shape[1] ?? 1;
  const seen = seenOf(h as Tensor, cell);
  const [gates, candidate] = split(cell.recurrent, [2 * units, units], 1) as [Tensor2D, Tensor2D];
  const [xg, xh] = split(ofInput(x, cell), [2 * units, units], -1) as [Tensor, Tensor];
  const [z, r] = split(cell.gate(add(xg, matMul(seen, gates))), 2, -1) as [Tensor, Tensor];
  const made = cell.activation(add(xh, matMul(mul(r, seen) as Tensor2D, candidate)));
  return [blend(z, h as Tensor, made)];
};

/** z·old + (1 − z)·new */
const blend = (z: Tensor, old: Tensor, made: Tensor): Tensor => add(mul(z, sub(old, made)), made);
