/** One step of each recurrent cell as formulas, and its gradient. Gates in Keras's order. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { FormulaCurve } from '../../../formula/curves';
import { add, fixed, mul, part, sub, type Term } from '../../../formula/terms';

export interface Curves {
  /** For candidates and outputs. */
  activation: FormulaCurve;
  gate: FormulaCurve;
}

/** What a step has before it. */
export interface Before {
  /** Block b of what the input has become by the kernel, with the bias. */
  input(block: number): Term;
  /** Block b of the recurrent product, with its bias. */
  product(block: number): Term;
  /** [N, H]: the state, and an LSTM's memory. */
  state: Term;
  memory: Term;
}

/** The gradients of the states after a step. */
interface After {
  state: Term;
  memory: Term;
  /** The memory after the step. */
  found: Term;
}

interface Slopes {
  /** Of the blocks of the input. */
  input: Term[];
  /** Of those of the product; null where they are the same. */
  product: Term[] | null;
  /** Of the states before the step, past the product; null for nothing. */
  state: Term | null;
  memory: Term | null;
}

export interface FormulaCell {
  /** The memory after a step; null for a cell without. */
  memory: ((curves: Curves, before: Before) => Term) | null;
  /** @param memory after the step */
  state(curves: Curves, before: Before, memory: Term): Term;
  slopes(curves: Curves, before: Before, after: After): Slopes;
}

const sumOf = ({ input, product }: Before, block: number): Term => add(input(block), product(block));

/** Elman 1990: h = φ(x + Rh). */
const simple: FormulaCell = {
  memory: null,
  state: ({ activation }, before) => activation.of(sumOf(before, 0)),
  slopes({ activation }, before, { state }) {
    const slope = mul(state, activation.slope(activation.of(sumOf(before, 0))));
    return { input: [slope], product: null, state: null, memory: null };
  },
};

/** Hochreiter & Schmidhuber 1997, with Gers et al. 2000's forget gate: c ← f·c + i·g, h = o·φ(c). */
const lstm: FormulaCell = {
  memory: ({ activation, gate }, before) => {
    const [i, f, g] = [gate.of(sumOf(before, 0)), gate.of(sumOf(before, 1)), activation.of(sumOf(before, 2))];
    return add(mul(f, before.memory), mul(i, g));
  },
  state: ({ activation, gate }, before, memory) => mul(gate.of(sumOf(before, 3)), activation.of(memory)),
  slopes({ activation, gate }, before, after) {
    const [i, f] = [gate.of(sumOf(before, 0)), gate.of(sumOf(before, 1))];
    const [g, o] = [activation.of(sumOf(before, 2)), gate.of(sumOf(before, 3))];
    const y = activation.of(after.found);
    const memory = add(after.memory, mul(mul(after.state, o), activation.slope(y)));
    const input = [
      mul(mul(memory, g), gate.slope(i)),
      mul(mul(memory, before.memory), gate.slope(f)),
      mul(mul(memory, i), activation.slope(g)),
      mul(mul(after.state, y), gate.slope(o)),
    ];
    return { input, product: null, state: null, memory: mul(memory, f) };
  },
};

/** Cho et al. 2014 as cuDNN has it: with p the recurrent product, h̃ = φ(x + r·p), h ← z·h + (1 − z)·h̃. */
const gru: FormulaCell = {
  memory: null,
  state(curves, before) {
    const { z, made } = gruParts(curves, before);
    return add(mul(z, sub(before.state, made)), made);
  },
  slopes(curves, before, { state }) {
    const { activation, gate } = curves;
    const { z, r, p, made } = gruParts(curves, before);
    const dz = mul(mul(state, sub(before.state, made)), gate.slope(z));
    const dMade = mul(mul(state, sub(fixed(1), z)), activation.slope(made));
    const dr = mul(mul(dMade, p), gate.slope(r));
    return { input: [dz, dr, dMade], product: [dz, dr, mul(dMade, r)], state: mul(state, z), memory: null };
  },
};

function gruParts({ activation, gate }: Curves, before: Before): Record<'z' | 'r' | 'p' | 'made', Term> {
  const [z, r, p] = [gate.of(sumOf(before, 0)), gate.of(sumOf(before, 1)), before.product(2)];
  return { z, r, p, made: activation.of(add(before.input(2), mul(r, p))) };
}

export const FORMULA_CELLS = { SimpleRNN: simple, LSTM: lstm, GRU: gru } as const satisfies Record<string, FormulaCell>;

/** Block b of a matrix [N, B·H], or of a place in a stack of such. */
export const blockOf =
  (of: Tensor, units: number, place: number | null = null) =>
  (block: number): Term =>
    part(of, block * units, place);
