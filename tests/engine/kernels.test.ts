import {
  avgPool,
  equal,
  grad,
  greater,
  matMul,
  max,
  maxPool,
  mean,
  min,
  mul,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor,
  unsortedSegmentSum,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

const given = (shape: number[], seed = 1) => ({
  shape,
  data: noise(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ),
});

/** On WebAssembly beside the CPU, with its gradients. */
async function compare(f: (...inputs: Tensor[]) => Tensor, inputs: ReturnType<typeof given>[]): Promise<void> {
  await use('cpu');
  const wanted = differentiate(f, inputs);
  await use('wasm');
  const actual = differentiate(f, inputs);
  expect(actual.shape).toEqual(wanted.shape);
  expectClose(actual.value, wanted.value);
  for (const [at, gradient] of wanted.gradients.entries()) expectClose(actual.gradients[at] ?? [], gradient);
}

describe('matrix product', () => {
  const shapes: [string, number[], number[]][] = [
    ['one', [5, 7], [7, 3]],
    ['a row', [1, 7], [7, 3]],
    ['many', [4, 5, 7], [4, 7, 3]],
    ['nested', [2, 3, 5, 7], [2, 3, 7, 3]],
    ['large', [3, 40, 50], [3, 50, 60]],
    ['beyond a block', [130, 261], [261, 13]],
    ['of three columns and rows over', [2, 6, 9], [2, 9, 11]],
  ];
  const turned = (shape: number[]): number[] => [...shape.slice(0, -2), shape.at(-1) ?? 1, shape.at(-2) ?? 1];
  for (const [name, a, b] of shapes) {
    for (const [left, right] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      it(`${name}${left ? ', left transposed' : ''}${right ? ', right transposed' : ''}`, () =>
        compare(
          (x, y) => matMul(x as Tensor, y as Tensor, left, right),
          [given(left ? turned(a) : a, 1), given(right ? turned(b) : b, 2)],
        ));
    }
  }
});

describe('pooling', () => {
  for (const pad of ['same', 'valid'] as const) {
    for (const strides of [1, 2, 3]) {
      for (const side of [1, 2, 3, 4]) {
        it(`max ${pad}, strides ${strides}, window ${side}, all values below zero`, () =>
          compare(
            (x) => maxPool(x as Tensor4D, [side, side], strides, pad),
            [{ shape: [2, 7, 9, 3], data: noise(378, 3).map((value) => value - 2) }],
          ));
        it(`average ${pad}, strides ${strides}, window ${side}`, () =>
          compare((x) => avgPool(x as Tensor4D, [side, side], strides, pad), [given([2, 7, 9, 3])]));
      }
    }
  }

  it.each(IN_NODE)('of equal values gives its gradient to the first, on %s', async (backend) => {
    await use(backend);
    const { gradients } = differentiate(
      (x) => sum(maxPool(x as Tensor4D, 2, 2, 'valid')),
      [{ shape: [1, 2, 2, 1], data: new Float32Array(4) }],
    );
    expect(Array.from(gradients[0] ?? [], Math.abs).map((value) => value > 0)).toEqual([true, false, false, false]);
  });
});

describe('sums over axes', () => {
  for (const axes of [[0], [1], [0, 1], [0, 1, 2], [1, 2], [3], [0, 1, 2, 3]]) {
    for (const keep of [false, true]) {
      it(`sum over ${axes}${keep ? ', kept' : ''}`, () =>
        compare((x) => sum(x as Tensor, axes, keep), [given([3, 4, 5, 6])]));
      it(`mean over ${axes}${keep ? ', kept' : ''}`, () =>
        compare((x) => mean(x as Tensor, axes, keep), [given([3, 4, 5, 6])]));
    }
  }

  it('counts whole numbers', async () => {
    await use('wasm');
    const x = tensor([1, 2, 3, 4, 5, 6], [3, 2], 'int32');
    expect(Array.from(sum(x, 0).dataSync())).toEqual([9, 12]);
    expect(sum(x, 0).dtype).toBe('int32');
  });
});

it('sums by segment as on the CPU, negative indices left out', async () => {
  const results = [];
  for (const backend of IN_NODE) {
    await use(backend);
    const ids = tensor([2, 0, 2, -1, 1], [5], 'int32') as Tensor1D;
    const x = tensor(noise(5 * 2 * 3), [5, 2, 3]);
    results.push(unsortedSegmentSum(x, ids, 4).dataSync());
  }
  expectClose(results[0] ?? [], results[1] ?? []);
});

it.each(IN_NODE)(
  'a comparison on the way to a weight has no gradient, and stops none beside it, on %s',
  async (backend) => {
    await use(backend);
    const { gradients } = differentiate(
      (x) => where(greater(x as Tensor, 0), mul(x as Tensor, 3), zerosLike(x as Tensor)),
      [{ shape: [4], data: Float32Array.of(-2, -1, 1, 2) }],
    );
    const once = differentiate(
      (x) => mul(x as Tensor, equal(x as Tensor, 1)),
      [{ shape: [4], data: Float32Array.of(-2, -1, 1, 2) }],
    );
    expect(Array.from(gradients[0] ?? []).map((value) => value !== 0)).toEqual([false, false, true, true]);
    expect(Array.from(once.gradients[0] ?? []).map((value) => value !== 0)).toEqual([false, false, true, false]);
  },
);

describe('arithmetic over seven axes', () => {
  it.each([
    [
      [2, 1, 3, 2, 1, 2, 2],
      [2, 2, 1, 2, 3, 2, 2],
    ],
    [
      [2, 3, 1, 2, 1, 2, 2],
      [2, 3, 1, 2, 1, 2, 2],
    ],
    [[1, 2, 1, 2, 2, 2, 2, 2], [2]],
  ])('%j and %j', async (a, b) => {
    await compare((x, y) => mul(x as Tensor, y as Tensor), [given(a), given(b, 2)]);
  });
});

describe('the largest and smallest of equals', () => {
  it.each(IN_NODE)('share the gradient on %s', async (backend) => {
    await use(backend);
    const x = tensor([3, 1, 3, 3, 2, 0], [2, 3]);
    expect(Array.from(grad((y) => sum(max(y, 1)))(x).dataSync())).toEqual([0.5, 0, 0.5, 1, 0, 0]);
    expect(Array.from(grad((y) => sum(min(y, 0)))(x).dataSync())).toEqual([0.5, 1, 0, 0.5, 0, 1]);
  });
});
