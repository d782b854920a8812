import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { MatrixProduct } from '@/engine/layers/maths/matrixProduct';
import { Mean, Norm, Sum } from '@/engine/layers/maths/reductions';
import { Sampling } from '@/engine/layers/maths/sampling';
import {
  AbsoluteDifference,
  Clip,
  GradientReversal,
  Power,
  Scale,
  SquaredDifference,
  StopGradient,
} from '@/engine/layers/maths/values';
import { seedSteps } from '@/engine/random';
import { computed, JOINING, titleOf } from './joining';
import { differentiate, expectClose, IN_NODE, noise, noiseTensor, use } from './support';

const OWN = ['Softmax'];

const cases = JOINING.filter(({ className }) => OWN.includes(className)).map(
  (given) => [titleOf(given), given] as const,
);

it('every class has a case', () => {
  expect(new Set(cases.map(([, { className }]) => className))).toEqual(new Set(OWN));
});

describe.each(IN_NODE)('as in Keras, on %s', (backend) => {
  it.each(cases)('%s', async (_, given) => {
    await use(backend);
    const actual = computed(given);
    expect([actual.count, actual.shape, actual.foretold]).toEqual([given.weights.length, given.y.shape, given.y.shape]);
    expectClose(actual.y, given.y.data, 1e-5);
    expect(Object.keys(actual.weightSlopes).toSorted()).toEqual(Object.keys(given.weightSlopes).toSorted());
    for (const [at, slope] of given.slopes.entries()) expectClose(actual.slopes[at] ?? [], slope, 5e-5);
    for (const [name, slope] of Object.entries(given.weightSlopes)) {
      expectClose(actual.weightSlopes[name] ?? [], slope, 5e-5);
    }
  });
});

const given = (...shape: number[]) => {
  const size = shape.reduce((a, b) => a * b, 1);
  // Away from zero, where some have a kink.
  return { shape, data: noise(size, size).map((x) => x + 0.2 * Math.sign(x)) };
};

type Call = (...xs: Tensor[]) => Tensor;

const alone =
  (layer: { call(x: Tensor): Tensor }): Call =>
  (x) =>
    layer.call(x as Tensor);
const together =
  (layer: { call(xs: Tensor[]): Tensor }): Call =>
  (...xs) =>
    layer.call(xs);

const power = (exponent: number) => alone(new Power({ exponent }));

/** A layer, its inputs, and what each value must be. */
type OwnCase = [
  name: string,
  call: Call,
  inputs: ReturnType<typeof given>[],
  wanted: (...xs: Float32Array[]) => number[],
];

const each = (f: (x: number) => number) => (xs: Float32Array) => [...xs].map(f);
const rows = (f: (row: number[]) => number) => (xs: Float32Array) =>
  Array.from({ length: xs.length / 4 }, (_, at) => f([...xs.slice(4 * at, 4 * at + 4)]));
const total = (row: number[]): number => row.reduce((a, b) => a + b, 0);

const VALUES = given(3, 4);

const OWN_CASES: OwnCase[] = [
  ['scale', alone(new Scale({ factor: -2, offset: 0.5 })), [VALUES], each((x) => -2 * x + 0.5)],
  ['clip', alone(new Clip({ lower: -0.5, upper: 0.7 })), [VALUES], each((x) => Math.min(0.7, Math.max(-0.5, x)))],
  ['power 0', power(0), [VALUES], each(() => 1)],
  ['power 1', power(1), [VALUES], each((x) => x)],
  ['power 2', power(2), [VALUES], each((x) => x * x)],
  ['power 3', power(3), [VALUES], each((x) => x ** 3)],
  ['power 6', power(6), [VALUES], each((x) => x ** 6)],
  ['power −1', power(-1), [VALUES], each((x) => 1 / x)],
  ['power −2', power(-2), [VALUES], each((x) => 1 / x ** 2)],
  ['power ½', power(0.5), [VALUES], each((x) => Math.sqrt(Math.abs(x)))],
  ['mean', alone(new Mean({ axes: [-1] })), [VALUES], rows((row) => total(row) / 4)],
  ['sum of two axes', alone(new Sum({ axes: [1, 2], keepdims: true })), [given(2, 2, 2)], rows(total)],
  ['norm l1', alone(new Norm({ axes: 1, order: 'l1' })), [VALUES], rows((row) => total(row.map(Math.abs)))],
  ['norm l2', alone(new Norm({ axes: 1, order: 'l2' })), [VALUES], rows((row) => Math.hypot(...row))],
  ['norm max', alone(new Norm({ axes: 1, order: 'max' })), [VALUES], rows((row) => Math.max(...row.map(Math.abs)))],
  [
    'absolute difference, stretched',
    together(new AbsoluteDifference({})),
    [VALUES, given(3, 1)],
    (a, b) => [...a].map((x, at) => Math.abs(x - (b[Math.floor(at / 4)] ?? 0))),
  ],
  [
    'squared difference',
    together(new SquaredDifference({})),
    [VALUES, given(3, 4)],
    (a, b) => [...a].map((x, at) => (x - (b[at] ?? 0)) ** 2),
  ],
  ...[false, true].flatMap((transposeA) =>
    [false, true].map(
      (transposeB): OwnCase => [
        `matrix product${transposeA ? ', first turned' : ''}${transposeB ? ', second turned' : ''}`,
        together(new MatrixProduct({ transposeA, transposeB })),
        [transposeA ? given(2, 4, 3) : given(2, 3, 4), transposeB ? given(2, 2, 4) : given(2, 4, 2)],
        (a, b) =>
          [0, 1].flatMap((sample) =>
            [0, 1, 2].flatMap((row) =>
              [0, 1].map((column) =>
                total(
                  [0, 1, 2, 3].map((k) => {
                    const left = a[sample * 12 + (transposeA ? k * 3 + row : row * 4 + k)] ?? 0;
                    const right = b[sample * 8 + (transposeB ? column * 4 + k : k * 2 + column)] ?? 0;
                    return left * right;
                  }),
                ),
              ),
            ),
          ),
      ],
    ),
  ),
];

describe.each(IN_NODE)('own layers on %s', (backend) => {
  it.each(OWN_CASES)('%s', async (_, call, inputs, wanted) => {
    await use(backend);
    const { value, slope, measured } = differentiate(call, inputs);
    expectClose(value, wanted(...inputs.map(({ data }) => data)), 2e-6);
    expectClose([slope / 10], [measured / 10], 2e-3);
  });

  it.each([-4, -1.5, -1, 0.5, 3])('a power of %d is finite at zero, and so is its slope', async (exponent) => {
    await use(backend);
    const { value, gradients } = differentiate(power(exponent), [{ shape: [2], data: Float32Array.of(0, 1e-9) }]);
    expect([...value, ...(gradients[0] ?? [])].every(Number.isFinite)).toBe(true);
  });

  it('a gradient is stopped, or turned round', async () => {
    await use(backend);
    const stopped = differentiate(alone(new StopGradient({})), [VALUES]);
    expectClose(stopped.value, VALUES.data);
    expect(stopped.gradients[0]?.every((slope) => slope === 0)).toBe(true);
    const reversed = differentiate(alone(new GradientReversal({ factor: 0.5 })), [VALUES]);
    expectClose(reversed.value, VALUES.data);
    const weights = noiseTensor([3, 4], 77).dataSync<'float32'>();
    expectClose(
      reversed.gradients[0] ?? [],
      weights.map((weight) => -0.5 * weight),
    );
  });

  it('sampling draws around the mean while training only', async () => {
    await use(backend);
    const layer = new Sampling({});
    const draw = (training: boolean): Float32Array =>
      tidy(() => {
        const mean = tensor(
          Array.from({ length: 4000 }, () => 3),
          [2, 2000],
        );
        const logVariance = tensor(
          Array.from({ length: 4000 }, () => Math.log(4)),
          [2, 2000],
        );
        return layer.call([mean, logVariance], { training }).dataSync<'float32'>().slice();
      });
    seedSteps(1);
    const [first, second] = [draw(true), draw(true)];
    expect(first).not.toEqual(second);
    const mean = first.reduce((a, b) => a + b, 0) / 4000;
    const variance = first.reduce((a, b) => a + (b - mean) ** 2, 0) / 4000;
    expect([Math.abs(mean - 3) < 0.15, Math.abs(variance - 4) < 0.4]).toEqual([true, true]);
    expect(draw(false).every((value) => value === 3)).toBe(true);
    const { slope, measured } = differentiate(
      (m, v) => {
        seedSteps(2);
        return layer.call([m as Tensor, v as Tensor], { training: true });
      },
      [given(3, 4), given(3, 4)],
    );
    expectClose([slope], [measured], 2e-3);
  });
});
