/** Convolutions over one, two or three axes, all by way of those over a plane, which are fast on every backend. */
import {
  type backend_util,
  batchToSpaceND,
  concat,
  conv2d,
  depthwiseConv2d,
  expandDims,
  pad,
  reshape,
  spaceToBatchND,
  split,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  type Tensor5D,
  transpose,
} from '@tensorflow/tfjs-core';
import { fusedDepthwise } from '../../fused/depthwise';
import { canFuse } from '../../fused/own';
import { type Finish, finished, fusedPlane, type PlaneWindow, UNFINISHED } from '../../fused/plane';
import { strided } from './along';
import { type Axis, type Border, borderOf, places } from './geometry';

type Pair = [number, number];
type Pads = backend_util.ExplicitPadding | 'valid';

/** A convolution over a plane, with or without a kernel for every channel. */
interface Plane {
  plain(x: Tensor4D, kernel: Tensor4D, strides: Pair, padding: Pads): Tensor4D;
  /** At once, dilated or not; null where it cannot be. */
  fused(x: Tensor4D, kernel: Tensor4D, window: PlaneWindow, finish: Finish): Tensor | null;
}

const mixing: Plane = {
  plain: (x, kernel, strides, padding) => conv2d(x, kernel, strides, padding),
  fused: (x, kernel, window, finish) => (canFuse() ? fusedPlane(x, kernel, window, finish) : null),
};
const byChannel: Plane = {
  plain: (x, kernel, strides, padding) => depthwiseConv2d(x, kernel, strides, padding),
  fused: (x, kernel, window, finish) => (canFuse() ? finished(fusedDepthwise(x, kernel, window), finish) : null),
};

/**
 * @param x [N, …, C]
 * @param kernel […, C/G, K]
 */
export function correlate(
  x: Tensor,
  kernel: Tensor,
  axes: readonly Axis[],
  groups = 1,
  finish: Finish = UNFINISHED,
): Tensor {
  if (groups === 1) return ungrouped(x, kernel, axes, finish);
  const perGroup = kernel.shape.at(-2) ?? 1;
  const filters = (kernel.shape.at(-1) ?? 1) / groups;
  if (perGroup === 1 && axes.length < 3) {
    // One channel a group is a depthwise convolution: filters g·M … g·M+M−1 belong to channel g.
    return finished(depthwise(x, reshape(kernel, [...kernel.shape.slice(0, -2), groups, filters]), axes), finish);
  }
  const images = shares(x, groups);
  const kernels = shares(kernel, groups);
  const parts = images.map((image, at) => ungrouped(image, kernels[at] as Tensor, axes, UNFINISHED));
  const [first] = parts as [Tensor];
  const joined = concat(parts.map(asMatrix), 1);
  return finished(reshape(joined, [...first.shape.slice(0, -1), filters * groups]), finish);
}

/**
 * @param x [N, …, C] over one or two axes
 * @param kernel […, C, M]
 */
export const depthwise = (x: Tensor, kernel: Tensor, axes: readonly Axis[]): Tensor =>
  overPlane(byChannel, x, kernel, axes, UNFINISHED);

const asMatrix = (x: Tensor): Tensor2D => reshape(x, [-1, x.shape.at(-1) ?? 1]);

/** Equal parts of the last axis. */
function shares(x: Tensor, groups: number): Tensor[] {
  const shape = [...x.shape.slice(0, -1), (x.shape.at(-1) ?? 1) / groups];
  return split(asMatrix(x), groups, 1).map((part) => reshape(part, shape));
}

function ungrouped(x: Tensor, kernel: Tensor, axes: readonly Axis[], finish: Finish): Tensor {
  return axes.length === 3
    ? overVolume(x as Tensor5D, kernel as Tensor5D, axes as [Axis, Axis, Axis], finish)
    : overPlane(mixing, x, kernel, axes, finish);
}

/** A sequence is a plane one high. */
function overPlane(op: Plane, x: Tensor, kernel: Tensor, axes: readonly Axis[], finish: Finish): Tensor {
  if (axes.length === 2) {
    const borders = axes.map((axis, at) => borderOf(x.shape[at + 1] ?? 1, axis));
    return slid(op, x as Tensor4D, kernel as Tensor4D, axes, borders, finish);
  }
  const [length] = axes as [Axis];
  const [n = 1, steps = 1, c = 1] = x.shape;
  // The height of 1 is in one window whatever the stride; equal strides are what every backend knows.
  const height: Axis = { kernel: 1, stride: length.stride, rate: 1, padding: 'valid' };
  const borders = [height, length].map((axis, at) => borderOf(at === 0 ? 1 : steps, axis));
  const plane = reshape(x, [n, 1, steps, c]) as Tensor4D;
  const y = slid(op, plane, expandDims(kernel, 0) as Tensor4D, [height, length], borders, finish);
  return reshape(y, [n, y.shape[2] ?? 1, y.shape[3] ?? 1]);
}

/** A volume's window is looked at slice by slice: its slices are further channels of a plane. */
function overVolume(x: Tensor5D, kernel: Tensor5D, [depth, ...plane]: [Axis, Axis, Axis], finish: Finish): Tensor5D {
  const [n, length, height, width, c] = x.shape;
  const [taps, fh, fw, , k] = kernel.shape;
  const { before, after } = borderOf(length, depth);
  const rows = reshape(x, [n, length, height * width * c]) as Tensor3D;
  const around: [number, number][] = [
    [0, 0],
    [before, after],
    [0, 0],
  ];
  const padded = before + after > 0 ? pad(rows, around) : rows;
  const count = places(length, depth);
  const slices = Array.from({ length: taps }, (_, tap) =>
    reshape(strided(padded, tap * depth.rate, depth.stride, count), [n * count * height * width, c]),
  );
  const stacked = reshape(concat(slices, 1), [n * count, height, width, taps * c]) as Tensor4D;
  const flat = reshape(transpose(kernel, [1, 2, 0, 3, 4]), [fh, fw, taps * c, k]) as Tensor4D;
  const y = overPlane(mixing, stacked, flat, plane, finish);
  return reshape(y, [n, count, y.shape[1] ?? 1, y.shape[2] ?? 1, y.shape[3] ?? 1]);
}

/**
 * A window's way over a plane. Where it cannot be one operation, dilation is built so that its gradient exists: every
 * D-th pixel is sorted into an image of its own, these are convolved plainly, and the results sorted back (Yu & Koltun
 * 2016).
 */
function slid(
  op: Plane,
  x: Tensor4D,
  kernel: Tensor4D,
  axes: readonly Axis[],
  borders: readonly Border[],
  finish: Finish,
): Tensor {
  const each = <T>(value: (axis: Axis, border: Border, at: number) => T): [T, T] =>
    [0, 1].map((at) => value(axes[at] as Axis, borders[at] as Border, at)) as [T, T];
  const [pads, strides] = [each((_, { before, after }): Pair => [before, after]), each(({ stride }) => stride)];
  const rates = each(({ rate, kernel: size }) => (size === 1 ? 1 : rate));
  const none = pads.flat().every((zeros) => zeros === 0);
  const padding: Pads = none ? 'valid' : [[0, 0], ...pads, [0, 0]];
  const atOnce = op.fused(x, kernel, { strides, pad: padding, dilations: rates }, finish);
  if (atOnce) return atOnce;
  if (rates[0] === 1 && rates[1] === 1) return finished(op.plain(x, kernel, strides, padding), finish);
  // What makes the axis divide by the dilation is cut off again.
  const extra = each((_, { before, after }, at) => {
    const rate = rates[at] ?? 1;
    return (rate - (((x.shape[at + 1] ?? 1) + before + after) % rate)) % rate;
  });
  const filled = each((_, { before, after }, at): Pair => [before, after + (extra[at] ?? 0)]);
  const sorted = spaceToBatchND(x, rates, filled) as Tensor4D;
  const crops = each((_, __, at): Pair => [0, extra[at] ?? 0]);
  const y = batchToSpaceND(op.plain(sorted, kernel, [1, 1], 'valid'), rates, crops) as Tensor4D;
  return finished(strides.some((stride) => stride > 1) ? everyStride(y, strides) : y, finish);
}

/** What is left of a plane by going in strides. */
function everyStride(x: Tensor4D, [down, across]: Pair): Tensor4D {
  const [n, height, width, c] = x.shape;
  const [rows, columns] = [Math.ceil(height / down), Math.ceil(width / across)];
  const kept = strided(reshape(x, [n, height, width * c]) as Tensor3D, 0, down, rows);
  return reshape(strided(reshape(kept, [n * rows, width, c]) as Tensor3D, 0, across, columns), [n, rows, columns, c]);
}

/** A convolution over a plane with borders of any size, and no strides. */
export function correlateWithin(
  x: Tensor4D,
  kernel: Tensor4D,
  axes: readonly Axis[],
  borders: readonly Border[],
): Tensor4D {
  const still = axes.map((axis) => ({ ...axis, stride: 1 }));
  return slid(mixing, x, kernel, still, borders, UNFINISHED) as Tensor4D;
}
