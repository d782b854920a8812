/** Reading a sequence: the kernel's part for all steps at once, then step by step. */
import {
  add,
  cast,
  expandDims,
  greaterEqual,
  matMul,
  mul,
  randomUniform,
  reshape,
  reverse,
  slice,
  stack,
  type Tensor,
  type Tensor2D,
  zeros,
} from '@tensorflow/tfjs-core';
import { nextSeed } from '../../random';
import type { CellWeights, State, Step } from './steps';
import { byStep, walk } from './walk';

export interface Reading {
  kernel: Tensor2D;
  /** The inputs' bias; null for none. */
  bias: Tensor | null;
  cell: Omit<CellWeights, 'drop'>;
  step: Step;
  units: number;
  /** How many tensors are remembered. */
  states: number;
  backwards: boolean;
  dropout: number;
  recurrentDropout: number;
}

export interface Read {
  /** [N, T, H], in the order in which it was read. */
  sequence: Tensor;
  last: Tensor;
  state: State;
}

/** Ones, some of them dropped and the rest scaled up (Srivastava et al. 2014). */
export function dropMask(shape: number[], rate: number): Tensor {
  const kept = cast(greaterEqual(randomUniform(shape, 0, 1, 'float32', nextSeed()), rate), 'float32');
  return mul(kept, 1 / (1 - rate));
}

/**
 * @param x [N, T, C]
 * @param mask [N, T], 0 where a step is padding: there the state and the output stay what they were
 * @param first the state to begin with; zeros where none is given
 */
export function read(
  x: Tensor,
  mask: Tensor | null,
  first: State | null,
  training: boolean,
  { kernel, bias, cell, step, units, states, backwards, dropout, recurrentDropout }: Reading,
): Read {
  const [batch = 1, steps = 1, features = 1] = x.shape;
  const ordered = backwards ? reverse(x, 1) : x;
  const seen = training && dropout > 0 ? mul(ordered, expandDims(dropMask([batch, features], dropout), 1)) : ordered;
  const projected = matMul(reshape(seen, [batch * steps, features]) as Tensor2D, kernel);
  const shifted = bias ? add(projected, bias) : projected;
  const width = kernel.shape[1];
  const inputs = byStep(reshape(shifted, [batch, steps, width]));
  // As numbers first: the WebAssembly kernel that reverses takes truth values for four bytes each.
  const counted = mask && cast(mask, 'float32');
  const marks = counted && byStep(expandDims(backwards ? reverse(counted, 1) : counted, -1));
  const drop = training && recurrentDropout > 0 ? dropMask([batch, units], recurrentDropout) : null;
  const weights: CellWeights = { ...cell, drop };
  const found = walk(
    inputs,
    marks,
    first ?? Array.from({ length: states }, () => zeros([batch, units])),
    zeros([batch, units]),
    (input, state) => step(input, state, weights),
  );
  return { sequence: stack(found.outputs, 1), last: found.last, state: found.state };
}

/** The bias as Keras keeps it, for the inputs and for the recurrent product: a GRU that resets after has two rows. */
export function biasesOf(bias: Tensor | null): { input: Tensor | null; recurrent: Tensor | null } {
  if (!bias || bias.rank === 1) return { input: bias, recurrent: null };
  const width = bias.shape[1] ?? 1;
  const row = (at: number): Tensor => reshape(slice(bias, [at, 0], [1, width]), [width]);
  return { input: row(0), recurrent: row(1) };
}
