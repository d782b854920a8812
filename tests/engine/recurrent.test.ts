/** A sequence read as one operation gives what single operations give, step by step, and so do its gradients. */
import { concat, grad, memory, reshape, type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CellName } from '@/engine/layers/recurrent/fused/cells';
import { type Reading, read } from '@/engine/layers/recurrent/read';
import { gruStep, lstmStep, simpleStep } from '@/engine/layers/recurrent/steps';
import { seedSteps } from '@/engine/random';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

const [BATCH, STEPS, FEATURES, UNITS] = [4, 5, 3, 6];

const CELLS = {
  SimpleRNN: { step: simpleStep, blocks: 1, states: 1, bias: 1 },
  GRU: { step: gruStep, blocks: 3, states: 1, bias: 2 },
  LSTM: { step: lstmStep, blocks: 4, states: 2, bias: 1 },
} as const;

interface Case {
  title: string;
  settings?: Partial<Reading>;
  /** Rows begin with padding, end with it, have it between, and are nothing else. */
  padded?: boolean;
  /** Whether states to begin with are given. */
  begun?: boolean;
}

const CASES: readonly Case[] = [
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

const MASK = [
  [0, 0, 1, 1, 1],
  [1, 1, 1, 0, 0],
  [1, 0, 1, 0, 1],
  [0, 0, 0, 0, 0],
].flat();

const given = (shape: number[], seed: number) => ({
  shape,
  data: noise(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ).map((value) => value * 0.7),
});

/** Everything a reading gives, in one tensor, as a function of all that it may be differentiated by. */
function reader(name: CellName, { settings = {}, padded, begun }: Case, fused: boolean) {
  const { step, blocks, states, bias } = CELLS[name];
  const width = blocks * UNITS;
  const withBias = settings.bias !== null;
  const inputs = [
    given([BATCH, STEPS, FEATURES], 1),
    given([FEATURES, width], 2),
    given([UNITS, width], 3),
    ...(withBias ? [given(bias === 1 ? [width] : [bias, width], 4)] : []),
    ...(begun ? Array.from({ length: states }, (_, at) => given([BATCH, UNITS], 5 + at)) : []),
  ];
  const f = (...tensors: Tensor[]): Tensor => {
    const [x, kernel, recurrent, ...rest] = tensors as [Tensor, Tensor2D, Tensor2D, ...Tensor[]];
    const shift = withBias ? (rest.shift() as Tensor) : null;
    seedSteps(7);
    const { sequence, last, state } = read(
      x,
      padded ? tensor(MASK, [BATCH, STEPS], 'bool') : null,
      begun ? rest : null,
      true,
      {
        activation: 'tanh',
        gate: 'sigmoid',
        backwards: false,
        dropout: 0,
        recurrentDropout: 0,
        units: UNITS,
        states,
        ...settings,
        kernel,
        recurrent,
        bias: shift,
        step,
        fused: fused ? name : null,
      },
    );
    return concat([sequence(), last(), ...state()].map((part) => reshape(part, [BATCH, -1])) as Tensor2D[], 1);
  };
  return { f, inputs };
}

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(() => use(backend));

  describe.each(Object.keys(CELLS) as CellName[])('%s', (name) => {
    it.each(CASES)('$title', (one) => {
      const [whole, single] = [true, false].map((fused) => {
        const { f, inputs } = reader(name, one, fused);
        return differentiate(f, inputs);
      }) as [ReturnType<typeof differentiate>, ReturnType<typeof differentiate>];
      expectClose(whole.value, single.value);
      for (const [at, gradient] of whole.gradients.entries()) expectClose(gradient, single.gradients[at] ?? []);
      // Where a function has corners, differences may step over one.
      if (one.settings?.activation !== 'relu') expect(whole.slope).toBeCloseTo(whole.measured, 1);
    });

    it('keeps nothing', () => {
      const { f, inputs } = reader(name, { title: '', begun: true, padded: true }, true);
      const tensors = inputs.map(({ shape, data }) => tensor(data, shape));
      const run = () =>
        tidy(() => {
          f(...tensors);
          grad((x) => f(x, ...tensors.slice(1)))(tensors[0] as Tensor);
        });
      run();
      const { numTensors, numBytes } = memory();
      for (let turn = 0; turn < 3; turn++) run();
      expect(memory()).toMatchObject({ numTensors, numBytes });
    });
  });

  it('a gradient of a gradient is left to single operations', () => {
    const [whole, single] = [true, false].map((fused) => {
      const { f, inputs } = reader('LSTM', { title: '' }, fused);
      const [x, ...weights] = inputs.map(({ shape, data }) => tensor(data, shape)) as [Tensor, ...Tensor[]];
      const second = tidy(() => grad((at) => grad((input) => f(input, ...weights))(at))(x));
      return second.dataSync<'float32'>();
    }) as [Float32Array, Float32Array];
    expect(whole).toEqual(single);
  });
});
