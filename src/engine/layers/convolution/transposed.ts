/** Transposed convolutions over one, two or three axes, all by way of those over a plane. */
import {
  addN,
  conv2dTranspose,
  expandDims,
  reshape,
  reverse,
  split,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  type Tensor5D,
  transpose,
} from '@tensorflow/tfjs-core';
import { placed, spread } from './along';
import { correlateWithin } from './correlate';
import { cutBefore, grown, reachOf, type TransposedAxis } from './geometry';

/**
 * @param x [N, …, C]
 * @param kernel […, K, C]
 */
export function layDown(x: Tensor, kernel: Tensor, axes: readonly TransposedAxis[]): Tensor {
  if (axes.length === 3) return overVolume(x as Tensor5D, kernel as Tensor5D, axes);
  if (axes.length === 2) return overPlane(x as Tensor4D, kernel as Tensor4D, axes);
  const [length] = axes as [TransposedAxis];
  const [n = 1, steps = 1, c = 1] = x.shape;
  const height: TransposedAxis = { kernel: 1, stride: 1, rate: 1, padding: 'valid', extra: null };
  const plane = reshape(x, [n, 1, steps, c]) as Tensor4D;
  const y = overPlane(plane, expandDims(kernel, 0) as Tensor4D, [height, length]);
  return reshape(y, [n, y.shape[2], y.shape[3]]);
}

function overPlane(x: Tensor4D, kernel: Tensor4D, axes: readonly TransposedAxis[]): Tensor4D {
  const sizes = axes.map((axis, at) => grown(x.shape[at + 1] ?? 1, axis));
  const cuts = axes.map((axis, at) => {
    const before = cutBefore(axis);
    const whole = ((x.shape[at + 1] ?? 1) - 1) * axis.stride + reachOf(axis);
    return { before, after: whole - before - (sizes[at] ?? 1) };
  });
  if (axes.some(({ rate, kernel: size }) => rate > 1 && size > 1)) {
    // Without strides it is a plain convolution with the kernel turned round.
    const turned = transpose(reverse(kernel, [0, 1]), [0, 1, 3, 2]) as Tensor4D; // [F_h, F_w, C, K]
    const borders = axes.map((axis, at) => ({
      before: reachOf(axis) - 1 - (cuts[at]?.before ?? 0),
      after: reachOf(axis) - 1 - (cuts[at]?.after ?? 0),
    }));
    return correlateWithin(x, turned, axes, borders);
  }
  const [rows = 1, columns = 1] = sizes;
  const [down = 1, across = 1] = axes.map(({ stride }) => stride);
  // Of values to be added after the last window, the size alone says enough.
  const pads = cuts.map(({ before, after }): [number, number] => [before, Math.max(0, after)]);
  return conv2dTranspose(
    x,
    kernel,
    [x.shape[0], rows, columns, kernel.shape[2]],
    [down, across],
    pads.flat().every((cut) => cut === 0)
      ? 'valid'
      : [[0, 0], pads[0] as [number, number], pads[1] as [number, number], [0, 0]],
  );
}

/** Every slice of a block is laid down over a plane, and these are added up along the depth. */
function overVolume(x: Tensor5D, kernel: Tensor5D, [depth, ...plane]: readonly TransposedAxis[]): Tensor5D {
  if (!depth) throw new Error('a volume has three axes');
  const [n, length, height, width, c] = x.shape;
  const [taps, fh, fw, k] = kernel.shape;
  const flat = reshape(transpose(kernel, [1, 2, 0, 3, 4]), [fh, fw, taps * k, c]) as Tensor4D;
  const laid = overPlane(reshape(x, [n * length, height, width, c]) as Tensor4D, flat, plane);
  const [, rows, columns] = laid.shape;
  const size = grown(length, depth);
  const matrix = reshape(laid, [n * length * rows * columns, taps * k]);
  // The gradient of a split into one part fails.
  const slices = (taps === 1 ? [matrix] : split(matrix, taps, 1)).map((slice, tap) => {
    const deep = reshape(slice, [n, length, rows * columns * k]) as Tensor3D;
    return placed(spread(deep, depth.stride), tap * depth.rate - cutBefore(depth), size);
  });
  return reshape(addN(slices), [n, size, rows, columns, k]);
}
