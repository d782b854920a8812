import { describe, expect, it } from 'vitest';
import { initialise } from '@/engine/initialise';
import { generator, seedFor } from '@/engine/random';

const spread = (values: Float32Array): { mean: number; deviation: number; limit: number } => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation, limit: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
};

/** A 3×3 convolution from 16 to 64 channels: fan in 144, fan out 576. Limits where the distribution has one. */
const KERNEL = [3, 3, 16, 64];
const EXPECTED: [name: string, deviation: number, limit: number | null][] = [
  ['glorotUniform', Math.sqrt(2 / 720), Math.sqrt(6 / 720)],
  ['glorotNormal', Math.sqrt(2 / 720), (2 * Math.sqrt(2 / 720)) / 0.8796],
  ['heUniform', Math.sqrt(2 / 144), Math.sqrt(6 / 144)],
  ['heNormal', Math.sqrt(2 / 144), (2 * Math.sqrt(2 / 144)) / 0.8796],
  ['lecunUniform', Math.sqrt(1 / 144), Math.sqrt(3 / 144)],
  ['lecunNormal', Math.sqrt(1 / 144), (2 * Math.sqrt(1 / 144)) / 0.8796],
  ['randomUniform', 0.05 / Math.sqrt(3), 0.05],
  ['randomNormal', 0.05, null],
  ['truncatedNormal', 0.05 * 0.8796, 0.1],
];

it.each(EXPECTED)('%s has the spread that Keras gives it', (name, deviation, limit) => {
  const found = spread(initialise(name, KERNEL, 1));
  expect(Math.abs(found.mean)).toBeLessThan(deviation / 20);
  expect(found.deviation / deviation).toBeCloseTo(1, 1);
  if (limit !== null) {
    expect(found.limit).toBeLessThanOrEqual(limit * 1.001);
    expect(found.limit).toBeGreaterThan(limit * 0.95);
  }
});

it('settings are used', () => {
  expect(spread(initialise({ type: 'randomNormal', stddev: 2, mean: 5 }, KERNEL, 1)).mean).toBeCloseTo(5, 1);
  const scaled = { type: 'varianceScaling', scale: 2, mode: 'fan_out', distribution: 'uniform' };
  expect(spread(initialise(scaled, KERNEL, 1)).deviation).toBeCloseTo(Math.sqrt(2 / 576), 3);
  expect(Array.from(initialise({ type: 'constant', value: 3 }, [2], 1))).toEqual([3, 3]);
  expect(Array.from(initialise('identity', [2, 3], 1))).toEqual([1, 0, 0, 0, 1, 0]);
});

it('zeros and ones are what they say', () => {
  expect(Array.from(initialise('zeros', [2], 1))).toEqual([0, 0]);
  expect(Array.from(initialise('ones', [2], 1))).toEqual([1, 1]);
  expect(() => initialise('magic', [2], 1)).toThrow('magic');
});

describe.each([
  [[6, 4], 4, 6],
  [[2, 2, 1, 9], 9, 4],
])('orthogonal %j', (shape, columns, rows) => {
  it('has rows or columns of length one at right angles', () => {
    const values = initialise('orthogonal', shape, 3);
    const at = (row: number, column: number): number => values[row * columns + column] ?? 0;
    const few = Math.min(rows, columns);
    const many = Math.max(rows, columns);
    for (let a = 0; a < few; a++) {
      for (let b = 0; b < few; b++) {
        let product = 0;
        for (let k = 0; k < many; k++) product += columns <= rows ? at(k, a) * at(k, b) : at(a, k) * at(b, k);
        expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
      }
    }
  });
});

it('the same seed gives the same values; names have chances of their own', () => {
  expect(initialise('heNormal', [4, 4], 7)).toEqual(initialise('heNormal', [4, 4], 7));
  expect(initialise('heNormal', [4, 4], 7)).not.toEqual(initialise('heNormal', [4, 4], 8));
  expect(seedFor(1, 'conv1/kernel')).not.toBe(seedFor(1, 'conv2/kernel'));
  expect(seedFor(1, 'conv1/kernel')).not.toBe(seedFor(2, 'conv1/kernel'));
});

it('chance is even', () => {
  const random = generator(4);
  const bins = new Array<number>(10).fill(0);
  for (let count = 0; count < 10_000; count++) {
    const bin = Math.floor(random() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

it('fans that the shape does not tell are taken as given', () => {
  // Glorot uniform reaches to √(6 / (in + out)).
  const most = (fans?: { fanIn: number; fanOut: number }): number =>
    Math.max(...initialise('glorotUniform', [8, 5, 10], 1, fans).map(Math.abs));
  expect(most({ fanIn: 8, fanOut: 50 })).toBeCloseTo(Math.sqrt(6 / 58), 2);
  expect(most()).toBeCloseTo(Math.sqrt(6 / 120), 2);
});
