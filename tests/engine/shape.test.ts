/** Layers that lay values out anew, against their definitions place by place, and their gradients against differences. */
import { type Tensor, tensor, transpose } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { shapeClasses } from '@/engine/layers/shape';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

type Settings = Record<string, unknown>;

function make(name: string, settings: Settings) {
  const found = shapeClasses.find(({ className }) => className === name);
  if (!found) throw new Error(`no layer ${name}`);
  return new found(settings);
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const placesIn = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, size) => all.flatMap((place) => Array.from({ length: size }, (_, at) => [...place, at])),
    [[]],
  );

/** The value at a place; zero beyond the edge. */
type At = (place: readonly number[]) => number;

const reader =
  (data: ArrayLike<number>, shape: readonly number[]): At =>
  (place) =>
    place.every((at, axis) => at >= 0 && at < (shape[axis] ?? 0))
      ? (data[place.reduce((sum, at, axis) => sum * (shape[axis] ?? 1) + at, 0)] ?? Number.NaN)
      : 0;

interface Case {
  name: string;
  settings: Settings;
  shape: number[];
  /** What comes out. */
  size: number[];
  value(place: readonly number[], x: At): number;
  /** Whether it knows channels first. */
  turns?: boolean;
}

const SHAPES: Readonly<Record<number, number[]>> = { 1: [2, 6, 3], 2: [2, 5, 4, 3], 3: [1, 4, 3, 5, 2] };

const MARGINS: readonly (readonly [number, number])[] = [
  [1, 2],
  [0, 1],
  [2, 1],
];

/** Does something to the spatial axes, and nothing to the batch and the channels. */
const spatially = (shape: readonly number[], change: (at: number, axis: number) => number): number[] =>
  shape.map((at, axis) => (axis === 0 || axis === shape.length - 1 ? at : change(at, axis - 1)));

const before = (axis: number): number => MARGINS[axis]?.[0] ?? 0;
const both = (axis: number): number => before(axis) + (MARGINS[axis]?.[1] ?? 0);

/** Between the two nearest pixels, each a square about its centre; the outermost hold on. */
function between(place: number, from: number, to: number): [at: number, share: number][] {
  const centre = ((place + 0.5) * from) / to - 0.5;
  const low = Math.floor(centre);
  const inside = (at: number): number => Math.min(from - 1, Math.max(0, at));
  return [
    [inside(low), low + 1 - centre],
    [inside(low + 1), centre - low],
  ];
}

const bilinear =
  (shape: readonly number[], size: readonly number[]): Case['value'] =>
  ([image = 0, row = 0, column = 0, channel = 0], x) => {
    let sum = 0;
    for (const [r, down] of between(row, shape[1] ?? 1, size[1] ?? 1))
      for (const [c, right] of between(column, shape[2] ?? 1, size[2] ?? 1))
        sum += down * right * x([image, r, c, channel]);
    return sum;
  };

const nearest =
  (shape: readonly number[], size: readonly number[]): Case['value'] =>
  (place, x) =>
    x(spatially(place, (at, axis) => Math.floor(((at + 0.5) * (shape[axis + 1] ?? 1)) / (size[axis + 1] ?? 1))));

const TIMES = [2, 3, 2];

const spatial = [1, 2, 3].flatMap((axes): Case[] => {
  const shape = SHAPES[axes] ?? [];
  const margins = axes === 1 ? MARGINS[0] : MARGINS.slice(0, axes);
  const size = spatially(shape, (length, axis) => length * (TIMES[axis] ?? 1));
  return [
    {
      name: `ZeroPadding${axes}D`,
      settings: { padding: margins },
      shape,
      size: spatially(shape, (length, axis) => length + both(axis)),
      value: (place, x) => x(spatially(place, (at, axis) => at - before(axis))),
    },
    {
      name: `ZeroPadding${axes}D`,
      settings: { padding: 2 },
      shape,
      size: spatially(shape, (length) => length + 4),
      value: (place, x) => x(spatially(place, (at) => at - 2)),
    },
    {
      name: `Cropping${axes}D`,
      settings: { cropping: axes === 1 ? [1, 2] : MARGINS.slice(0, axes).map(([a]) => [a, 1]) },
      shape,
      size: spatially(shape, (length, axis) => length - before(axis) - (axes === 1 ? 2 : 1)),
      value: (place, x) => x(spatially(place, (at, axis) => at + before(axis))),
    },
    {
      name: `UpSampling${axes}D`,
      settings: { size: axes === 1 ? TIMES[0] : TIMES.slice(0, axes) },
      shape,
      size,
      value: (place, x) => x(spatially(place, (at, axis) => Math.floor(at / (TIMES[axis] ?? 1)))),
    },
  ];
});

const IMAGE = [2, 5, 4, 3];

const resized = (name: string, settings: Settings, size: number[], value: typeof bilinear): Case => ({
  name,
  settings,
  shape: IMAGE,
  size,
  value: value(IMAGE, size),
});

const resizing: readonly Case[] = [
  resized('UpSampling2D', { size: [2, 3], interpolation: 'bilinear' }, [2, 10, 12, 3], bilinear),
  resized('Resizing', { height: 8, width: 3, interpolation: 'bilinear' }, [2, 8, 3, 3], bilinear),
  resized('Resizing', { height: 3, width: 9, interpolation: 'nearest' }, [2, 3, 9, 3], nearest),
];

const PARTS: readonly Case[] = [
  ...[
    { axis: 1, start: 2, size: 2, from: 2 },
    { axis: -1, start: -2, size: null, from: 1 },
    { axis: 2, start: -3, size: 2, from: 1 },
  ].map(({ from, ...settings }): Case => {
    const cut = settings.axis < 0 ? IMAGE.length + settings.axis : settings.axis;
    return {
      name: 'Slice',
      settings,
      shape: IMAGE,
      size: IMAGE.map((length, axis) => (axis === cut ? 2 : length)),
      value: (place, x) => x(place.map((at, axis) => (axis === cut ? at + from : at))),
      turns: false,
    };
  }),
  {
    name: 'PixelShuffle2D',
    settings: { blockSize: 2 },
    shape: [2, 3, 4, 12],
    size: [2, 6, 8, 3],
    value: ([image = 0, row = 0, column = 0, channel = 0], x) =>
      x([image, Math.floor(row / 2), Math.floor(column / 2), 3 * (2 * (row % 2) + (column % 2)) + channel]),
    turns: false,
  },
];

const CASES = [...spatial, ...resizing, ...PARTS];

const channelsFirst = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [0, x.rank - 1, ...axes.slice(1, -1)]);
};

const turned = (shape: readonly number[]): number[] => [shape.at(-1) ?? 1, ...shape.slice(1, -1)];

describe.each(IN_NODE)('on %s', (backend) => {
  it.each(CASES.map((each) => [`${each.name} ${JSON.stringify(each.settings)}`, each] as const))(
    '%s',
    async (_, { name, settings, shape, size, value, turns = true }) => {
      await use(backend);
      const data = noise(product(shape), 3);
      const wanted = placesIn(size).map((place) => value(place, reader(data, shape)));
      const layer = make(name, settings);
      const found = differentiate((x) => layer.call(x as Tensor, {}) as Tensor, [{ shape, data }]);
      expect(found.shape).toEqual(size);
      expectClose(found.value, wanted);
      expectClose([found.slope], [found.measured], 5e-3);
      expect(layer.computeOutputShape([null, ...shape.slice(1)])).toEqual([null, ...size.slice(1)]);
      if (!turns) return;
      const first = make(name, { ...settings, dataFormat: 'channels_first' });
      const y = first.call(channelsFirst(tensor(data, shape)), {}) as Tensor;
      expectClose(y.dataSync(), channelsFirst(tensor(wanted, size)).dataSync());
      expect(first.computeOutputShape([null, ...turned(shape)])).toEqual([null, ...turned(size)]);
    },
  );

  it.each([
    { parts: 3, axis: -1, sizes: null, lengths: [2, 2, 2] },
    { parts: 2, axis: 1, sizes: [1, 3], lengths: [1, 3] },
    { parts: 1, axis: 1, sizes: null, lengths: [4] },
  ])('Split along $axis into $lengths', async ({ lengths, ...settings }) => {
    await use(backend);
    const shape = [2, 4, 6];
    const data = noise(product(shape), 3);
    const layer = make('Split', settings);
    const axis = settings.axis < 0 ? 2 : settings.axis;
    const list = <T>(all: T | T[]): T[] => (Array.isArray(all) ? all : [all]);
    const found = list(layer.call(tensor(data, shape), {}));
    expect(found).toHaveLength(lengths.length);
    for (const [part, y] of found.entries()) {
      const size = shape.map((length, at) => (at === axis ? (lengths[part] ?? 0) : length));
      const from = lengths.slice(0, part).reduce((a, b) => a + b, 0);
      expect(y.shape).toEqual(size);
      const wanted = placesIn(size).map((place) =>
        reader(data, shape)(place.map((at, each) => (each === axis ? at + from : at))),
      );
      expectClose(y.dataSync(), wanted);
      const one = differentiate((x) => list(layer.call(x as Tensor, {}))[part] as Tensor, [{ shape, data }]);
      expectClose([one.slope], [one.measured], 5e-3);
    }
    const shapes = layer.computeOutputShape([null, 4, 6]);
    expect(lengths.length === 1 ? [shapes] : shapes).toEqual(found.map((y) => [null, ...y.shape.slice(1)]));
  });
});
