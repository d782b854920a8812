/**
 * Pooling in windows. Over one axis and over three it is done in planes: the largest, the mean and the sum of a box
 * are those of its rows, so a box is pooled side by side, with kernels and gradients that are right everywhere.
 */
import {
  avgPool,
  maximum,
  maxPool,
  mul,
  neg,
  pad,
  reshape,
  sqrt,
  square,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

export interface PoolWindow {
  size: readonly number[];
  strides: readonly number[];
  padding: 'valid' | 'same';
}

type PlanePool = (
  x: Tensor4D,
  size: [number, number],
  strides: [number, number],
  padding: 'valid' | 'same',
) => Tensor4D;

/** Pools [N, …spatial, C] by a function of planes that treats each axis by itself. */
function inPlanes(x: Tensor, { size, strides, padding }: PoolWindow, pool: PlanePool): Tensor {
  const [batch = 1, ...rest] = x.shape;
  const channels = rest.at(-1) ?? 1;
  const [f = 1, g = 1, h = 1] = size;
  const [s = 1, t = 1, u = 1] = strides;
  if (size.length === 1) {
    const y = pool(reshape(x, [batch, rest[0] ?? 1, 1, channels]) as Tensor4D, [f, 1], [s, 1], padding);
    return reshape(y, [batch, y.shape[1], channels]);
  }
  if (size.length === 2) return pool(x as Tensor4D, [f, g], [s, t], padding);
  const [depth = 1, height = 1, width = 1] = rest;
  const planes = pool(reshape(x, [batch * depth, height, width, channels]) as Tensor4D, [g, h], [t, u], padding);
  const [, rows, columns] = planes.shape;
  const deep = reshape(planes, [batch, depth, rows * columns, channels]) as Tensor4D;
  const y = pool(deep, [f, 1], [s, 1], padding);
  return reshape(y, [batch, y.shape[1], rows, columns, channels]);
}

export const maxOf = (x: Tensor, window: PoolWindow): Tensor => inPlanes(x, window, maxPool);

export const minOf = (x: Tensor, window: PoolWindow): Tensor => neg(maxOf(neg(x), window));

/** Zeros beyond the edge are not counted. */
export const meanOf = (x: Tensor, window: PoolWindow): Tensor => inPlanes(x, window, avgPool);

/** Keeps the root's slope finite where all values are zero. */
const TINY = 1e-12;

/** The root of the sum of squares; zeros beyond the edge add nothing. */
export function lengthOf(x: Tensor, window: PoolWindow): Tensor {
  const { size, strides } = window;
  const margins = size.map((reach, axis): [number, number] => {
    if (window.padding === 'valid') return [0, 0];
    const [length, stride] = [x.shape[axis + 1] ?? 1, strides[axis] ?? 1];
    const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });
  const squares = pad(square(x), [[0, 0], ...margins, [0, 0]]);
  const means = meanOf(squares, { size, strides, padding: 'valid' });
  return sqrt(
    maximum(
      mul(
        means,
        size.reduce((a, b) => a * b, 1),
      ),
      TINY,
    ),
  );
}

/** How long an axis is after pooling. */
export const pooledSize = (length: number, size: number, stride: number, padding: PoolWindow['padding']): number =>
  padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1;
