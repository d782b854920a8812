/** Pooling against its definition, window by window, and its gradients against differences. */
import { type Tensor, tensor, transpose } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { poolingClasses } from '@/engine/layers/pooling';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

type Settings = Record<string, unknown>;

function make(name: string, settings: Settings) {
  const found = poolingClasses.find(({ className }) => className === name);
  if (!found) throw new Error(`no layer ${name}`);
  return new found(settings);
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** All places of a box, the last axis first. */
const placesIn = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, size) => all.flatMap((place) => Array.from({ length: size }, (_, at) => [...place, at])),
    [[]],
  );

/** Values a tenth apart in no order: no small step changes which of them is the largest. */
function spaced(count: number): Float32Array {
  const order = [...noise(count, 5).entries()].sort(([, a], [, b]) => a - b);
  const values = new Float32Array(count);
  for (const [rank, [at]] of order.entries()) values[at] = (rank - count / 2 + 0.3) / 10;
  return values;
}

type Summary = (values: readonly number[]) => number;

const SUMMARIES: Readonly<Record<string, Summary>> = {
  Max: (values) => Math.max(...values),
  Min: (values) => Math.min(...values),
  Average: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  L2Norm: (values) => Math.hypot(...values),
};

/** From where to where each window of an axis reaches; beyond the edge there is nothing. */
type Windows = (length: number, axis: number) => [from: number, to: number][];

const sliding =
  (size: readonly number[], strides: readonly number[], padding: string): Windows =>
  (length, axis) => {
    const [reach, stride] = [size[axis] ?? 1, strides[axis] ?? 1];
    const count = padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - reach) / stride) + 1;
    const beyond = padding === 'same' ? Math.max(0, (count - 1) * stride + reach - length) : 0;
    return Array.from({ length: count }, (_, at) => {
      const from = at * stride - Math.floor(beyond / 2);
      return [Math.max(0, from), Math.min(length, from + reach)];
    });
  };

const dividing =
  (counts: readonly number[]): Windows =>
  (length, axis) => {
    const count = counts[axis] ?? 1;
    return Array.from({ length: count }, (_, at) => [
      Math.floor((at * length) / count),
      Math.ceil(((at + 1) * length) / count),
    ]);
  };

/** [N, …spatial, C] → [N, …windows, C], straight from the definition. */
function pooled(data: Float32Array, shape: readonly number[], windows: Windows, summary: Summary) {
  const [batch = 1, ...rest] = shape;
  const [spatial, channels] = [rest.slice(0, -1), rest.at(-1) ?? 1];
  const along = spatial.map(windows);
  const counts = along.map(({ length }) => length);
  const values = placesIn([batch, ...counts, channels]).map(([image = 0, ...place]) => {
    const channel = place.pop() ?? 0;
    const box = place.map((at, axis): [number, number] => along[axis]?.[at] ?? [0, 0]);
    const inside = placesIn(box.map(([from, to]) => to - from)).map((within) => {
      const at = within.reduce((sum, step, axis) => sum * (spatial[axis] ?? 1) + step + (box[axis]?.[0] ?? 0), image);
      return data[at * channels + channel] ?? Number.NaN;
    });
    return summary(inside);
  });
  return { values, shape: [batch, ...counts, channels] };
}

interface Case {
  name: string;
  settings: Settings;
  shape: number[];
  windows: Windows;
  summary: Summary;
}

const SHAPES: Readonly<Record<number, number[]>> = { 1: [2, 9, 3], 2: [2, 7, 6, 2], 3: [1, 4, 5, 6, 2] };

const SLIDES: readonly [size: number[], strides: number[] | null, padding: string][] = [
  [[2, 2, 2], null, 'valid'],
  [[3, 2, 3], [2, 1, 2], 'same'],
  [[2, 3, 1], [1, 3, 2], 'valid'],
  [[3, 3, 2], [3, 2, 1], 'same'],
];

const CASES: readonly Case[] = [1, 2, 3].flatMap((axes) => {
  const shape = SHAPES[axes] ?? [];
  const windowed = Object.entries(SUMMARIES).flatMap(([kind, summary]) =>
    SLIDES.map(([all, steps, padding]): Case => {
      const [size, strides] = [all.slice(0, axes), steps?.slice(0, axes) ?? null];
      const settings = { poolSize: size, strides, padding };
      return {
        name: `${kind}Pooling${axes}D`,
        settings,
        shape,
        windows: sliding(size, strides ?? size, padding),
        summary,
      };
    }),
  );
  const others = Object.entries(SUMMARIES)
    .filter(([kind]) => kind === 'Max' || kind === 'Average')
    .flatMap(([kind, summary]): Case[] => [
      {
        name: `Adaptive${kind}Pooling${axes}D`,
        settings: { outputSize: [3, 4, 2].slice(0, axes) },
        shape,
        windows: dividing([3, 4, 2]),
        summary,
      },
      {
        name: `Global${kind}Pooling${axes}D`,
        settings: { keepdims: true },
        shape,
        windows: dividing([1, 1, 1]),
        summary,
      },
    ]);
  return [...windowed, ...others];
});

const title = ({ name, settings }: Case): string => `${name} ${JSON.stringify(settings)}`;

const channelsFirst = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [0, x.rank - 1, ...axes.slice(1, -1)]);
};

describe.each(IN_NODE)('on %s', (backend) => {
  it.each(CASES.map((each) => [title(each), each] as const))(
    '%s',
    async (_, { name, settings, shape, windows, summary }) => {
      await use(backend);
      const data = spaced(product(shape));
      const wanted = pooled(data, shape, windows, summary);
      const layer = make(name, settings);
      const found = differentiate((x) => layer.call(x as Tensor, {}) as Tensor, [{ shape, data }]);
      expect(found.shape).toEqual(wanted.shape);
      expectClose(found.value, wanted.values);
      expectClose([found.slope], [found.measured], 5e-3);
      const unknown = [null, ...shape.slice(1, -1).map(() => null), shape.at(-1) ?? 1];
      expect(layer.computeOutputShape([null, ...shape.slice(1)])).toEqual([null, ...wanted.shape.slice(1)]);
      expect(layer.computeOutputShape(unknown)).toHaveLength(shape.length);

      const first = make(name, { ...settings, dataFormat: 'channels_first' });
      const turned = first.call(channelsFirst(tensor(data, shape)), {}) as Tensor;
      expect(first.computeOutputShape([null, shape.at(-1) ?? 1, ...shape.slice(1, -1)])).toEqual([
        null,
        ...turned.shape.slice(1),
      ]);
      expectClose(turned.dataSync(), channelsFirst(tensor(wanted.values, wanted.shape)).dataSync());
    },
  );

  it('global pooling takes the pooled axes away', async () => {
    await use(backend);
    const [data, shape] = [spaced(84 * 2), [2, 7, 6, 2]];
    for (const kind of ['Max', 'Average']) {
      const layer = make(`Global${kind}Pooling2D`, {});
      const { values } = pooled(data, shape, dividing([1, 1]), SUMMARIES[kind] as Summary);
      const y = layer.call(tensor(data, shape), {}) as Tensor;
      expect(y.shape).toEqual([2, 2]);
      expectClose(y.dataSync(), values);
      expect(layer.computeOutputShape([null, 7, 6, 2])).toEqual([null, 2]);
    }
  });

  it('the mean of a sequence passes over what is padding, and of nothing else is 0', async () => {
    await use(backend);
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [3, 2, 2]);
    const mask = tensor([true, true, true, false, false, false], [3, 2], 'bool');
    const y = make('GlobalAveragePooling1D', {}).call(x, { mask }) as Tensor;
    expectClose(y.dataSync(), [2, 3, 5, 6, 0, 0]);
  });

  it('a pyramid holds its levels one after the other, each the largest of its parts', async () => {
    await use(backend);
    const shape = [2, 7, 5, 3];
    const data = spaced(product(shape));
    const layer = make('SpatialPyramidPooling2D', { levels: [1, 3, 2] });
    const {
      value,
      shape: output,
      slope,
      measured,
    } = differentiate((x) => layer.call(x as Tensor, {}) as Tensor, [{ shape, data }]);
    const levels = [1, 3, 2].map(
      (count) => pooled(data, shape, dividing([count, count]), SUMMARIES.Max as Summary).values,
    );
    const wanted = [0, 1].flatMap((image) =>
      levels.flatMap((values) => values.slice((image * values.length) / 2, ((image + 1) * values.length) / 2)),
    );
    expect(output).toEqual([2, 14 * 3]);
    expect(layer.computeOutputShape([null, 7, 5, 3])).toEqual([null, 42]);
    expectClose(value, wanted);
    expectClose([slope], [measured], 5e-3);
  });
});
