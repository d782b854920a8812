import { conv2d, depthwiseConv2d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { differentiate, expectClose, noise, use } from './support';

interface Case {
  padding: 'same' | 'valid';
  strides: [number, number];
  kernel: [number, number];
  size: [number, number];
}

const CASES: Case[] = [];
for (const padding of ['same', 'valid'] as const) {
  for (const stride of [1, 2, 3]) {
    for (const side of [1, 2, 3, 4, 5]) {
      CASES.push({ padding, strides: [stride, stride], kernel: [side, side], size: [7, 9] });
      // An even size, not square: padding differs before and after, and between the axes.
      CASES.push({ padding, strides: [stride, (stride % 3) + 1], kernel: [side, (side % 5) + 1], size: [8, 6] });
    }
  }
}

const given = (shape: number[], seed: number) => ({
  shape,
  data: noise(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ),
});

it.each(CASES)('conv2d $padding, strides $strides, kernel $kernel, size $size: as on the CPU', async (shown) => {
  const { padding, strides, kernel, size } = shown;
  const f = (x: Tensor, w: Tensor) => conv2d(x as Tensor4D, w as Tensor4D, strides, padding);
  await compare(f, [given([2, ...size, 3], 1), given([...kernel, 3, 4], 2)]);
});

it.each(CASES.filter(({ strides }) => strides[0] === strides[1]))(
  'depthwise $padding, strides $strides, kernel $kernel, size $size: as on the CPU',
  async (shown) => {
    const { padding, strides, kernel, size } = shown;
    const f = (x: Tensor, w: Tensor) => depthwiseConv2d(x as Tensor4D, w as Tensor4D, strides, padding);
    for (const multiplier of [1, 2])
      await compare(f, [given([2, ...size, 3], 1), given([...kernel, 3, multiplier], 2)]);
  },
);

/** Value and gradients on WebAssembly beside the CPU's, and beside differences: both maps are linear in each input. */
async function compare(f: (x: Tensor, w: Tensor) => Tensor, inputs: ReturnType<typeof given>[]): Promise<void> {
  const run = () => differentiate((x, w) => f(x as Tensor, w as Tensor), inputs);
  await use('cpu');
  const wanted = run();
  await use('wasm');
  const actual = run();
  expect(actual.shape).toEqual(wanted.shape);
  expectClose(actual.value, wanted.value);
  expectClose(actual.gradients[0] ?? [], wanted.gradients[0] ?? []);
  expectClose(actual.gradients[1] ?? [], wanted.gradients[1] ?? []);
  expectClose([actual.slope], [actual.measured], 2e-3);
}
