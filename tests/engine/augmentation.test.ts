/** What is drawn while training: from the ranges that are set, evenly, for each image anew. */
import { type Tensor, tensor, transpose } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { augmentingClasses } from '@/engine/layers/preprocessing/augment';
import { seedSteps } from '@/engine/random';
import { expectClose, IN_NODE, use } from './support';

type Settings = Record<string, unknown>;

const SEED = 11;
const COUNT = 500;

function make(name: string, settings: Settings) {
  const found = augmentingClasses.find(({ className }) => className === name);
  if (!found) throw new Error(`no layer ${name}`);
  return new found(settings);
}

/** Images after a layer, as they are while training unless said otherwise. */
function shown(name: string, settings: Settings, x: Tensor, training = true): { data: Float32Array; shape: number[] } {
  const y = make(name, settings).call(x, { training }) as Tensor;
  return { data: y.dataSync<'float32'>().slice(), shape: y.shape };
}

/** So many copies of one image, [N, H, W, C]. */
function copies(count: number, size: [height: number, width: number, channels: number], of: Pixel): Tensor {
  const [height, width, channels] = size;
  const image = Float32Array.from({ length: height * width * channels }, (_, at) =>
    of(Math.floor(at / channels / width), Math.floor(at / channels) % width, at % channels),
  );
  const all = new Float32Array(count * image.length);
  for (let each = 0; each < count; each++) all.set(image, each * image.length);
  return tensor(all, [count, height, width, channels]);
}

type Pixel = (row: number, column: number, channel: number) => number;

const SIDE = 9;
const MIDDLE = (SIDE - 1) / 2;

/** Two channels that say where a pixel lies from the middle; between pixels they are exact, too. */
const places = (count = COUNT): Tensor =>
  copies(count, [SIDE, SIDE, 2], (row, column, channel) => (channel === 0 ? row : column) - MIDDLE);

/** Where each image's pixel at a place was before, from the middle. */
function origins({ data }: { data: Float32Array }, row: number, column: number): [down: number, right: number][] {
  return Array.from({ length: data.length / (2 * SIDE * SIDE) }, (_, image) => {
    const at = 2 * ((image * SIDE + row + MIDDLE) * SIDE + column + MIDDLE);
    return [data[at] ?? Number.NaN, data[at + 1] ?? Number.NaN];
  });
}

/** Kolmogorov and Smirnov: the distance of the draws from an even spread over a range, at which one in a thousand lies further. */
function expectEven(draws: readonly number[], from: number, to: number): void {
  const sorted = [...draws].sort((a, b) => a - b);
  const distance = Math.max(
    ...sorted.map((value, at) => Math.abs((at + 0.5) / sorted.length - (value - from) / (to - from))),
  );
  expect(Math.min(...draws)).toBeGreaterThan(from - 1e-4);
  expect(Math.max(...draws)).toBeLessThan(to + 1e-4);
  expect(distance).toBeLessThan(1.95 / Math.sqrt(draws.length));
}

/** Of two settings, what an image drew of one says nothing of the other. */
function expectApart(a: readonly number[], b: readonly number[]): void {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [m, n] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], p: number, q: number): number =>
    mean(x.map((value, at) => (value - p) * ((y[at] ?? 0) - q)));
  const correlation = product(a, b, m, n) / Math.sqrt(product(a, a, m, m) * product(b, b, n, n));
  expect(Math.abs(correlation)).toBeLessThan(3.3 / Math.sqrt(a.length));
}

const ALL: readonly [name: string, settings: Settings][] = [
  ['RandomFlip', { mode: 'horizontal_and_vertical' }],
  ['RandomRotation', { factor: [-0.3, 0.4] }],
  ['RandomZoom', { heightFactor: [-0.5, 0.5], widthFactor: [-0.2, 0.3] }],
  ['RandomTranslation', { heightFactor: [-0.4, 0.4], widthFactor: [-0.3, 0.3], fillMode: 'constant', fillValue: 7 }],
  ['RandomContrast', { factor: [0.5, 0.8], valueRange: [-9, 9] }],
  ['RandomBrightness', { factor: [-0.5, 0.5], valueRange: [-9, 9] }],
];

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(async () => {
    await use(backend);
    seedSteps(SEED);
  });

  it.each(ALL)('%s draws for each image and each step anew, by the seed, and rests otherwise', (name, settings) => {
    const x = places(6);
    const first = shown(name, settings, x);
    const size = first.data.length / 6;
    const images = Array.from({ length: 6 }, (_, at) => first.data.slice(at * size, (at + 1) * size).join());
    expect(new Set(images).size).toBeGreaterThan(name === 'RandomFlip' ? 1 : 5);
    expect(shown(name, settings, x).data).not.toEqual(first.data);
    seedSteps(SEED);
    expect(shown(name, settings, x).data).toEqual(first.data);
    expect(shown(name, settings, x, false).data).toEqual(x.dataSync<'float32'>());
  });

  it.each(ALL)('%s does the same with channels first', (name, settings) => {
    const x = places(4);
    const last = shown(name, settings, x);
    seedSteps(SEED);
    const first = shown(name, { ...settings, dataFormat: 'channels_first' }, transpose(x, [0, 3, 1, 2]));
    const turned = transpose(tensor(first.data, first.shape), [0, 2, 3, 1]);
    expectClose(turned.dataSync(), last.data, 1e-6);
  });

  it.each([
    ['horizontal', [0.5, 0, 0.5, 0]],
    ['vertical', [0.5, 0.5, 0, 0]],
    ['horizontal_and_vertical', [0.25, 0.25, 0.25, 0.25]],
  ])('RandomFlip %s turns round as often as not, each way by itself', (mode, wanted) => {
    const found = origins(shown('RandomFlip', { mode }, places()), 1, 2);
    const ways = [
      [1, 2],
      [-1, 2],
      [1, -2],
      [-1, -2],
    ].map((way) => found.filter((origin) => String(origin) === String(way)).length / COUNT);
    expect(ways.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const [way, share] of wanted.entries()) {
      const spread = Math.sqrt((share * (1 - share)) / COUNT);
      expect(Math.abs((ways[way] ?? 0) - share)).toBeLessThanOrEqual(3.3 * spread);
    }
  });

  it('RandomRotation turns by any angle of its range alike, and keeps all distances', () => {
    const found = origins(shown('RandomRotation', { factor: [-0.05, 0.2] }, places()), 0, 2);
    for (const [down, right] of found) expect(Math.hypot(down, right)).toBeCloseTo(2, 4);
    expectEven(
      found.map(([down, right]) => Math.atan2(down, right) / (2 * Math.PI)),
      -0.05,
      0.2,
    );
  });

  it('RandomRotation by a quarter turns against the clock', () => {
    const quarter = { factor: [0.25, 0.25], fillMode: 'constant' };
    const image = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    expectClose(shown('RandomRotation', quarter, image).data, [3, 6, 9, 2, 5, 8, 1, 4, 7]);
  });

  it('RandomZoom takes any factor of its ranges alike, and both sides by one where the second is missing', () => {
    const x = places();
    const ranges = { heightFactor: [-0.3, 0.2], widthFactor: [-0.6, -0.1] };
    const apart = origins(shown('RandomZoom', ranges, x), 1, 2);
    const [tall, wide] = [apart.map(([down]) => down - 1), apart.map(([, right]) => right / 2 - 1)];
    expectEven(tall, -0.3, 0.2);
    expectEven(wide, -0.6, -0.1);
    expectApart(tall, wide);
    const even = origins(shown('RandomZoom', { heightFactor: [-0.3, 0.2], widthFactor: null }, x), 1, 1);
    for (const [down, right] of even) expect(right).toBeCloseTo(down, 5);
  });

  it('RandomTranslation moves by any share of its ranges alike', () => {
    const ranges = { heightFactor: [-0.2, 0.3], widthFactor: [0, 0.4] };
    const found = origins(shown('RandomTranslation', ranges, places()), 0, 0);
    const [down, right] = [found.map(([row]) => -row / SIDE), found.map(([, column]) => -column / SIDE)];
    expectEven(down, -0.2, 0.3);
    expectEven(right, 0, 0.4);
    expectApart(down, right);
  });

  it.each([
    ['reflect', 0, [2, 1, 1, 2, 3], [3, 4, 5, 5, 4]],
    ['wrap', 0, [4, 5, 1, 2, 3], [3, 4, 5, 1, 2]],
    ['nearest', 0, [1, 1, 1, 2, 3], [3, 4, 5, 5, 5]],
    ['constant', 9, [9, 9, 1, 2, 3], [3, 4, 5, 9, 9]],
  ])('beyond the edge there is: %s', (fillMode, fillValue, right, left) => {
    const row = tensor([1, 2, 3, 4, 5], [1, 1, 5, 1]);
    const moved = (share: number, further = {}) =>
      shown(
        'RandomTranslation',
        { heightFactor: [0, 0], widthFactor: [share, share], fillMode, fillValue, ...further },
        row,
      );
    expectClose(moved(0.4).data, right);
    expectClose(moved(-0.4).data, left);
    expectClose(moved(0.3).data.slice(2), [1.5, 2.5, 3.5]);
    expectClose(moved(0.42, { interpolation: 'nearest' }).data, right);
  });

  it('RandomContrast stretches about each channel’s mean, by any factor of its range alike', () => {
    const x = copies(COUNT, [2, 1, 2], (row, _, channel) => 50 + 20 * channel + (row === 0 ? -3 : 3));
    const { data } = shown('RandomContrast', { factor: [0.4, 0.9], valueRange: [0, 255] }, x);
    const pairs = Array.from({ length: 2 * COUNT }, (_, at) => {
      const [image, channel] = [Math.floor(at / 2), at % 2];
      return [data[4 * image + channel] ?? Number.NaN, data[4 * image + 2 + channel] ?? Number.NaN, channel] as const;
    });
    for (const [low, high, channel] of pairs) expect((low + high) / 2).toBeCloseTo(50 + 20 * channel, 3);
    const factors = pairs.map(([low, high]) => (high - low) / 6);
    expectEven(
      factors.filter((_, at) => at % 2 === 0),
      0.6,
      1.9,
    );
    for (let at = 0; at < factors.length; at += 2) expect(factors[at]).toBeCloseTo(factors[at + 1] ?? Number.NaN, 4);
  });

  it('RandomBrightness adds any share of the value range alike, the same to all pixels', () => {
    const x = copies(COUNT, [2, 2, 1], (row, column) => 100 + 2 * row + column);
    const { data } = shown('RandomBrightness', { factor: [-0.1, 0.25], valueRange: [0, 200] }, x);
    const shifts = Array.from({ length: COUNT }, (_, at) => (data[4 * at] ?? Number.NaN) - 100);
    expectEven(
      shifts.map((shift) => shift / 200),
      -0.1,
      0.25,
    );
    for (const [at, shift] of shifts.entries())
      expectClose(
        data.slice(4 * at, 4 * at + 4),
        [100, 101, 102, 103].map((value) => value + shift),
      );
  });

  it.each([
    ['RandomContrast', { factor: [0, 1], valueRange: [0, 1] }],
    ['RandomBrightness', { factor: [-1, 1], valueRange: [0, 1] }],
  ])('%s stays within the value range', (name, settings) => {
    const { data } = shown(
      name,
      settings,
      copies(50, [2, 2, 1], (row, column) => (row + column) / 2),
    );
    expect([Math.min(...data), Math.max(...data)]).toEqual([0, 1]);
  });

  it('RandomCrop cuts anywhere, a whole batch at one place; CenterCrop and what rests in the middle', () => {
    const x = copies(3, [5, 4, 1], (row, column) => 10 * row + column);
    const target = { height: 2, width: 3 };
    const seen = new Map<number, number>();
    for (let step = 0; step < COUNT; step++) {
      const { data, shape } = shown('RandomCrop', target, x);
      expect(shape).toEqual([3, 2, 3, 1]);
      const [corner = Number.NaN] = data;
      const image = [0, 1, 2, 10, 11, 12].map((value) => value + corner);
      expect([...data]).toEqual([...image, ...image, ...image]);
      seen.set(corner, (seen.get(corner) ?? 0) + 1);
    }
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual([0, 1, 10, 11, 20, 21, 30, 31]);
    const spread = Math.sqrt((1 / 8) * (7 / 8) * COUNT);
    for (const count of seen.values()) expect(Math.abs(count - COUNT / 8)).toBeLessThan(3.3 * spread);
    const middle = [10, 11, 12, 20, 21, 22];
    expect([...shown('RandomCrop', target, x, false).data.slice(0, 6)]).toEqual(middle);
    expect([...shown('CenterCrop', target, x).data.slice(0, 6)]).toEqual(middle);
    expect(make('CenterCrop', target).computeOutputShape([null, 5, 4, 1])).toEqual([null, 2, 3, 1]);
  });
});
