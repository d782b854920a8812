/** Reading a sequence: at once where values can be reached in memory or a graphics card has programs, else step by step. */
import {
  add,
  cast,
  clipByValue,
  concat,
  cumsum,
  expandDims,
  matMul,
  mul,
  reshape,
  reverse,
  slice,
  stack,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { activationOf } from '../../activations';
import { keptMask } from '../../fused/drop';
import type { CellName } from './fused/cells';
import { type Beside, canFuse, runSequence } from './fused/sequence';
import { canUseGraphics, readOnGraphics } from './graphics/sequence';
import type { CellWeights, State, Step } from './steps';
import { byStep, walk } from './walk';

export interface Reading {
  kernel: Tensor2D;
  /** As Keras keeps it; null for none. */
  bias: Tensor | null;
  recurrent: Tensor2D;
  /** Keras's names. */
  activation: unknown;
  gate: unknown;
  step: Step;
  /** The cell where a whole sequence can be one operation; null for none. */
  fused: CellName | null;
  units: number;
  /** How many tensors are remembered. */
  states: number;
  backwards: boolean;
  dropout: number;
  recurrentDropout: number;
}

/** What was found, each made when it is asked for. */
export interface Read {
  /** [N, T, H], in the order in which it was read. */
  sequence(): Tensor;
  last(): Tensor;
  state(): State;
}

/** Ones, some of them dropped and the rest scaled up (Srivastava et al. 2014). */
export const dropMask = (shape: number[], rate: number): Tensor => mul(keptMask(shape, rate), 1 / (1 - rate));

/**
 * @param x [N, T, C]
 * @param mask [N, T], 0 where a step is padding: there the state and the output stay what they were
 * @param first the state to begin with; zeros where none is given
 */
export function read(x: Tensor, mask: Tensor | null, first: State | null, training: boolean, reading: Reading): Read {
  const { kernel, units, dropout, recurrentDropout } = reading;
  const [batch = 1, steps = 1, features = 1] = x.shape;
  const seen = training && dropout > 0 ? mul(x, expandDims(dropMask([batch, features], dropout), 1)) : x;
  // As numbers first: the WebAssembly kernel that reverses takes truth values for four bytes each.
  const marks = mask && cast(mask, 'float32');
  const drop = training && recurrentDropout > 0 ? dropMask([batch, units], recurrentDropout) : null;
  const { fused } = reading;
  if (fused && canUseGraphics(reading)) return readByPrograms(seen, { marks, drop, first }, reading, fused);
  if (!fused || !canFuse(reading)) return readByStep(seen, { marks, drop, first }, reading);
  const projected = reshape(matMul(reshape(seen, [batch * steps, features]) as Tensor2D, kernel), [batch, steps, -1]);
  return readAtOnce(projected as Tensor3D, { marks, drop, first }, reading, fused);
}

function readAtOnce(projected: Tensor3D, beside: Beside, reading: Reading, cell: CellName): Read {
  const [batch, steps] = projected.shape;
  const { units, states } = reading;
  const packed = runSequence(projected, beside, { ...reading, cell });
  const row = (at: number): Tensor => reshape(slice(packed, [0, at, 0], [batch, 1, units]), [batch, units]);
  return {
    sequence: () => slice(packed, [0, 0, 0], [batch, steps, units]),
    last: () => row(steps - 1),
    state: () => Array.from({ length: states }, (_, at) => row(steps + at)),
  };
}

/** On a graphics card: the steps of all samples lie one behind the other. */
function readByPrograms(x: Tensor, beside: Beside, reading: Reading, cell: CellName): Read {
  const [batch = 1, steps = 1, features = 1] = x.shape;
  const { kernel, recurrent, units, states, activation, gate, backwards } = reading;
  const { marks, first } = beside;
  const bias = biasesOf(reading.bias);
  const rows = reshape(transpose(x, [1, 0, 2]), [steps * batch, features]) as Tensor2D;
  const projected = matMul(rows, kernel);
  const values = reshape(bias.input ? add(projected, bias.input) : projected, [steps, batch, -1]) as Tensor3D;
  const packed = readOnGraphics(values, recurrent, bias.recurrent, beside, { cell, activation, gate, backwards });
  const row = (at: number): Tensor => reshape(slice(packed, [at, 0, 0], [1, batch, units]), [batch, units]);
  // Before the first step that is no padding the output is zeros, whatever the state.
  const begun = marks && first ? begunOf(marks, backwards) : null;
  return {
    sequence: () => {
      const all = transpose(slice(packed, [0, 0, 0], [steps, batch, units]), [1, 0, 2]);
      return begun ? mul(all, expandDims(begun, 2)) : all;
    },
    last: () => (begun ? mul(row(steps - 1), slice(begun, [0, steps - 1], [batch, 1])) : row(steps - 1)),
    state: () => Array.from({ length: states }, (_, at) => row(steps + at)),
  };
}

/** [N, T] in the order of reading: 1 from the first step on that is no padding. */
const begunOf = (marks: Tensor, backwards: boolean): Tensor =>
  clipByValue(cumsum(backwards ? reverse(marks, 1) : marks, 1), 0, 1);

function readByStep(x: Tensor, { marks, drop, first }: Beside, reading: Reading): Read {
  const { kernel, recurrent, step, units, states, backwards } = reading;
  const [batch = 1] = x.shape;
  const { input, recurrent: recurrentBias } = biasesOf(reading.bias);
  const ordered = (sequence: Tensor): Tensor => (backwards ? reverse(sequence, 1) : sequence);
  const weights: CellWeights = {
    kernel,
    recurrent,
    joined: concat([kernel, recurrent], 0),
    bias: input,
    recurrentBias,
    activation: activationOf(reading.activation),
    gate: activationOf(reading.gate),
    drop,
  };
  const found = walk(
    byStep(ordered(x)),
    marks && byStep(expandDims(ordered(marks), -1)),
    first ?? Array.from({ length: states }, () => zeros([batch, units])),
    zeros([batch, units]),
    (input, state) => step(input, state, weights),
  );
  return { sequence: () => stack(found.outputs, 1), last: () => found.last, state: () => found.state };
}

/** The bias as Keras keeps it, for the inputs and for the recurrent product: a GRU that resets after has two rows. */
function biasesOf(bias: Tensor | null): { input: Tensor | null; recurrent: Tensor | null } {
  if (!bias || bias.rank === 1) return { input: bias, recurrent: null };
  const width = bias.shape[1] ?? 1;
  const row = (at: number): Tensor => reshape(slice(bias, [at, 0], [1, width]), [width]);
  return { input: row(0), recurrent: row(1) };
}
