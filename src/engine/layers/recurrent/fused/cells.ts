/**
 * One step of each recurrent cell for one sample, on arrays, and its gradient. Gates in Keras's order. Rows are given
 * by where they begin; H units; W = blocks·H numbers of an input's or a recurrent product's row.
 */
import type { Curve } from './curves';

export interface Cell {
  units: number;
  /** For candidates and outputs. */
  activation: Curve;
  gate: Curve;
}

/** What a step reads and writes. */
export interface Forward {
  /** What the input has become by the kernel. */
  x: Float32Array;
  xAt: number;
  /** The recurrent product. */
  product: Float32Array;
  productAt: number;
  /** [W] each; zeros where there is none. */
  bias: Float32Array;
  recurrentBias: Float32Array;
  /** The state: read, then overwritten. A cell's own memory (LSTM) lies in `memory`, at the same place. */
  state: Float32Array;
  memory: Float32Array;
  stateAt: number;
  /** What the gradient needs. */
  kept: Float32Array;
  keptAt: number;
}

/** What its gradient reads and writes. */
export interface Backward {
  kept: Float32Array;
  keptAt: number;
  /** The state before the step, from its first number on, and the memory. */
  before: Float32Array;
  memoryBefore: Float32Array;
  memoryBeforeAt: number;
  /** The gradients of the states after the step; overwritten by what goes to those before it past the product. */
  state: Float32Array;
  memory: Float32Array;
  stateAt: number;
  /** The gradient of the input's row. */
  x: Float32Array;
  xAt: number;
  /** The gradient of the recurrent product's row. */
  product: Float32Array;
  productAt: number;
}

export interface Kind {
  blocks: number;
  /** Whether it has a memory beside its output. */
  remembers: boolean;
  /** Rows of H numbers kept of a step; the memory is the last. */
  kept: number;
  /** Whether the gradients of the input's row and of the product's differ. */
  apart: boolean;
  forward(cell: Cell, rows: Forward): void;
  backward(cell: Cell, rows: Backward): void;
}

/** What comes from the input and from the state, before the function. */
function addUp({ x, xAt, product, productAt, bias, recurrentBias, kept, keptAt }: Forward, count: number): void {
  for (let j = 0; j < count; j++) {
    const shift = (bias[j] as number) + (recurrentBias[j] as number);
    kept[keptAt + j] = (x[xAt + j] as number) + (product[productAt + j] as number) + shift;
  }
}

/** Elman 1990: h = φ(x + Rh). Kept: h. */
const simple: Kind = {
  blocks: 1,
  remembers: false,
  kept: 1,
  apart: false,
  forward(cell, rows) {
    const { units, activation } = cell;
    const { state, stateAt, kept, keptAt } = rows;
    addUp(rows, units);
    activation.apply(kept, keptAt, keptAt + units);
    for (let j = 0; j < units; j++) state[stateAt + j] = kept[keptAt + j] as number;
  },
  backward({ units, activation }, { kept, keptAt, state, stateAt, x, xAt, product, productAt }) {
    for (let j = 0; j < units; j++) {
      const slope = (state[stateAt + j] as number) * activation.slope(kept[keptAt + j] as number);
      x[xAt + j] = slope;
      product[productAt + j] = slope;
      state[stateAt + j] = 0;
    }
  },
};

/**
 * Hochreiter & Schmidhuber 1997, with Gers et al. 2000's forget gate: c ← f·c + i·g, h = o·φ(c).
 * Kept: i, f, g, o, φ(c), and c.
 */
const lstm: Kind = {
  blocks: 4,
  remembers: true,
  kept: 6,
  apart: false,
  forward(cell, rows) {
    const { units, activation, gate } = cell;
    const { state, memory, stateAt, kept, keptAt } = rows;
    addUp(rows, 4 * units);
    const [f, g, o] = [keptAt + units, keptAt + 2 * units, keptAt + 3 * units];
    const [y, c] = [keptAt + 4 * units, keptAt + 5 * units];
    gate.apply(kept, keptAt, g);
    activation.apply(kept, g, o);
    gate.apply(kept, o, y);
    for (let j = 0; j < units; j++) {
      const held = (kept[f + j] as number) * (memory[stateAt + j] as number);
      const next = held + (kept[keptAt + j] as number) * (kept[g + j] as number);
      memory[stateAt + j] = next;
      kept[y + j] = next;
      kept[c + j] = next;
    }
    activation.apply(kept, y, c);
    for (let j = 0; j < units; j++) state[stateAt + j] = (kept[o + j] as number) * (kept[y + j] as number);
  },
  backward(
    { units, activation, gate },
    { kept, keptAt, memoryBefore, memoryBeforeAt, state, memory, stateAt, x, xAt, product, productAt },
  ) {
    for (let j = 0; j < units; j++) {
      const at = keptAt + j;
      const i = kept[at] as number;
      const f = kept[at + units] as number;
      const g = kept[at + 2 * units] as number;
      const o = kept[at + 3 * units] as number;
      const y = kept[at + 4 * units] as number;
      const dh = state[stateAt + j] as number;
      const dc = (memory[stateAt + j] as number) + dh * o * activation.slope(y);
      const to = xAt + j;
      x[to] = dc * g * gate.slope(i);
      x[to + units] = dc * (memoryBefore[memoryBeforeAt + j] as number) * gate.slope(f);
      x[to + 2 * units] = dc * i * activation.slope(g);
      x[to + 3 * units] = dh * y * gate.slope(o);
      state[stateAt + j] = 0;
      memory[stateAt + j] = dc * f;
    }
    for (let j = 0; j < 4 * units; j++) product[productAt + j] = x[xAt + j] as number;
  },
};

/**
 * Cho et al. 2014 as cuDNN has it: with p the recurrent product, h̃ = φ(x + r·p), h ← z·h + (1 − z)·h̃.
 * Kept: z, r, h̃, and p of the candidate.
 */
const gru: Kind = {
  blocks: 3,
  remembers: false,
  kept: 4,
  apart: true,
  forward(cell, rows) {
    const { units, activation, gate } = cell;
    const { x, xAt, product, productAt, bias, recurrentBias, state, stateAt, kept, keptAt } = rows;
    const [r, made, inner] = [keptAt + units, keptAt + 2 * units, keptAt + 3 * units];
    addUp(rows, 2 * units);
    gate.apply(kept, keptAt, made);
    for (let j = 0; j < units; j++) {
      const of = 2 * units + j;
      const p = (product[productAt + of] as number) + (recurrentBias[of] as number);
      kept[inner + j] = p;
      kept[made + j] = (x[xAt + of] as number) + (bias[of] as number) + (kept[r + j] as number) * p;
    }
    activation.apply(kept, made, inner);
    for (let j = 0; j < units; j++) {
      const next = kept[made + j] as number;
      state[stateAt + j] = (kept[keptAt + j] as number) * ((state[stateAt + j] as number) - next) + next;
    }
  },
  backward({ units, activation, gate }, { kept, keptAt, before, state, stateAt, x, xAt, product, productAt }) {
    for (let j = 0; j < units; j++) {
      const at = keptAt + j;
      const z = kept[at] as number;
      const r = kept[at + units] as number;
      const made = kept[at + 2 * units] as number;
      const dh = state[stateAt + j] as number;
      const dz = dh * ((before[j] as number) - made) * gate.slope(z);
      const dMade = dh * (1 - z) * activation.slope(made);
      const dr = dMade * (kept[at + 3 * units] as number) * gate.slope(r);
      const [to, from] = [xAt + j, productAt + j];
      x[to] = dz;
      x[to + units] = dr;
      x[to + 2 * units] = dMade;
      product[from] = dz;
      product[from + units] = dr;
      product[from + 2 * units] = dMade * r;
      state[stateAt + j] = dh * z;
    }
  },
};

/** A GRU that resets before its product needs two of them a step, and is not among these. */
export const CELLS = { SimpleRNN: simple, LSTM: lstm, GRU: gru } as const satisfies Record<string, Kind>;

export type CellName = keyof typeof CELLS;
