import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers as stock } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Concatenate } from '@/engine/layers/merge/concatenate';
import { Add, Average, Maximum, Minimum, Multiply } from '@/engine/layers/merge/elementwise';
import { maskOf } from '@/engine/masks';
import { computed, JOINING, titleOf } from './joining';
import { expectClose, IN_NODE, use } from './support';

const OWN = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Dot', 'Concatenate'];

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

describe.each(IN_NODE)('padding on %s', (backend) => {
  const marked = (last: number): Tensor => stock.masking().apply(tensor([1, 2, last, last], [1, 2, 2])) as Tensor;
  const plain = (): Tensor => tensor([1, 1, 1, 1], [1, 2, 2]);

  it('of a sum is what is padding everywhere', async () => {
    await use(backend);
    const mask = (...tensors: Tensor[]) => maskOf(new Add({}).apply(tensors) as Tensor)?.arraySync() ?? null;
    expect([mask(marked(0), marked(0)), mask(marked(0), marked(3)), mask(marked(0), plain())]).toEqual([
      [[1, 0]],
      [[1, 1]],
      null,
    ]);
  });

  // From Keras 3.15.1: the first two tensors through Masking, then with a third that has no mask.
  it.each([
    [Multiply, [2, -1, 1, -2, 0, 0, -15, 24], [1, -0.5, 0.5, -1, 0.5, 0.5, -7.5, 12]],
    [Maximum, [2, -1, 1, -2, 0, 0, 3, 6], [2, 0.5, 1, 0.5, 0.5, 0.5, 3, 6]],
    [Minimum, [2, -1, 1, -2, 0, 0, -5, 4], [0.5, -1, 0.5, -2, 0.5, 0.5, -5, 0.5]],
    [Add, [2, -1, 1, -2, 0, 0, -2, 10], [2.5, -0.5, 1.5, -1.5, 0.5, 0.5, -1.5, 10.5]],
    [Average, [1, -0.5, 0.5, -1, 0, 0, -1, 5], [5 / 6, -1 / 6, 0.5, -0.5, 1 / 6, 1 / 6, -0.5, 3.5]],
  ])('counts in %o as in Keras', async (Class, ofTwo, ofThree) => {
    await use(backend);
    const padded = (values: number[]) => stock.masking().apply(tensor(values, [1, 4, 2])) as Tensor;
    const two = [padded([0, 0, 1, -2, 0, 0, 3, 4]), padded([2, -1, 0, 0, 0, 0, -5, 6])];
    const values = (tensors: Tensor[]) => (new Class({}).apply(tensors) as Tensor).dataSync();
    expectClose(values(two), ofTwo);
    expectClose(values([...two, tensor(Array(8).fill(0.5), [1, 4, 2])]), ofThree);
  });

  it('of joined features is what is padding everywhere, of joined steps their own', async () => {
    await use(backend);
    const mask = (axis: number, ...tensors: Tensor[]) =>
      maskOf(new Concatenate({ axis }).apply(tensors) as Tensor)?.arraySync() ?? null;
    expect(mask(-1, marked(0), plain())).toEqual([[1, 1]]);
    expect(mask(-1, marked(0), marked(0))).toEqual([[1, 0]]);
    expect(mask(1, marked(0), plain())).toEqual([[1, 0, 1, 1]]);
    expect(mask(1, plain(), plain())).toBeNull();
  });
});
