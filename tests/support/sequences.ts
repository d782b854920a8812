/** Sequences read in every way there is: with padding, from given states, with dropout, backwards. */
import { concat, reshape, type Tensor, type Tensor2D, tensor } from '@tensorflow/tfjs-core';
import type { CellName } from '@/engine/layers/recurrent/fused/cells';
import { type Reading, read } from '@/engine/layers/recurrent/read';
import { gruStep, lstmStep, simpleStep } from '@/engine/layers/recurrent/steps';
import { seedSteps } from '@/engine/random';
import { noise } from './networks';

const FEATURES = 3;

/** How large a sequence's tensors are. */
export interface Sizes {
  batch: number;
  steps: number;
  units: number;
}

const SIZES: Sizes = { batch: 4, steps: 5, units: 6 };

export const CELLS = {
  SimpleRNN: { step: simpleStep, blocks: 1, states: 1, bias: 1 },
  GRU: { step: gruStep, blocks: 3, states: 1, bias: 2 },
  LSTM: { step: lstmStep, blocks: 4, states: 2, bias: 1 },
} as const;

export interface Case {
  title: string;
  settings?: Partial<Reading>;
  /** Rows begin with padding, end with it, have it between, and are nothing else. */
  padded?: boolean;
  /** Whether states to begin with are given. */
  begun?: boolean;
}

export const CASES: readonly Case[] = [
  { title: 'as it comes' },
  { title: 'backwards', settings: { backwards: true } },
  { title: 'with padding', padded: true },
  { title: 'with padding, backwards', padded: true, settings: { backwards: true } },
  { title: 'from given states', begun: true },
  { title: 'from given states, with padding', begun: true, padded: true },
  { title: 'with dropout', begun: true, padded: true, settings: { dropout: 0.4, recurrentDropout: 0.4 } },
  { title: 'without a bias', settings: { bias: null } },
  { title: 'with other functions', settings: { activation: 'relu', gate: 'hardSigmoid' } },
  { title: 'with no function', settings: { activation: 'linear' } },
];

/** Repeated where there are more samples or steps. */
const MASK = [
  [0, 0, 1, 1, 1],
  [1, 1, 1, 0, 0],
  [1, 0, 1, 0, 1],
  [0, 0, 0, 0, 0],
];

const maskOf = ({ batch, steps }: Sizes): Tensor =>
  tensor(
    Array.from({ length: batch * steps }, (_, at) => MASK[Math.floor(at / steps) % 4]?.[(at % steps) % 5] ?? 0),
    [batch, steps],
    'bool',
  );

const given = (shape: number[], seed: number) => ({
  shape,
  data: noise(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ).map((value) => value * 0.7),
});

/** Everything a reading gives, in one tensor, as a function of all that it may be differentiated by. */
export function reader(name: CellName, { settings = {}, padded, begun }: Case, fused: boolean, sizes: Sizes = SIZES) {
  const { batch, steps, units } = sizes;
  const { step, blocks, states, bias } = CELLS[name];
  const width = blocks * units;
  const withBias = settings.bias !== null;
  const inputs = [
    given([batch, steps, FEATURES], 1),
    given([FEATURES, width], 2),
    given([units, width], 3),
    ...(withBias ? [given(bias === 1 ? [width] : [bias, width], 4)] : []),
    ...(begun ? Array.from({ length: states }, (_, at) => given([batch, units], 5 + at)) : []),
  ];
  const f = (...tensors: Tensor[]): Tensor => {
    const [x, kernel, recurrent, ...rest] = tensors as [Tensor, Tensor2D, Tensor2D, ...Tensor[]];
    const shift = withBias ? (rest.shift() as Tensor) : null;
    seedSteps(7);
    const { sequence, last, state } = read(x, padded ? maskOf(sizes) : null, begun ? rest : null, true, {
      activation: 'tanh',
      gate: 'sigmoid',
      backwards: false,
      dropout: 0,
      recurrentDropout: 0,
      units,
      states,
      ...settings,
      kernel,
      recurrent,
      bias: shift,
      step,
      fused: fused ? name : null,
    });
    return concat([sequence(), last(), ...state()].map((part) => reshape(part, [batch, -1])) as Tensor2D[], 1);
  };
  return { f, inputs };
}
