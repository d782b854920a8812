/** Where windows lie along an axis, by Keras's rules. */

/** One axis of a convolution. */
export interface Axis {
  kernel: number;
  stride: number;
  rate: number;
  padding: 'valid' | 'same' | 'causal';
}

/** Zeros before and after an axis. */
export interface Border {
  before: number;
  after: number;
}

export const reachOf = ({ kernel, rate }: Axis): number => rate * (kernel - 1) + 1;

/** How many places a window has. */
export function places(size: number, axis: Axis): number {
  return axis.padding === 'valid'
    ? Math.floor((size - reachOf(axis)) / axis.stride) + 1
    : Math.ceil(size / axis.stride);
}

export function borderOf(size: number, axis: Axis): Border {
  if (axis.padding === 'valid') return { before: 0, after: 0 };
  if (axis.padding === 'causal') return { before: reachOf(axis) - 1, after: 0 };
  const total = Math.max(0, (places(size, axis) - 1) * axis.stride + reachOf(axis) - size);
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}

/** One axis of a transposed convolution; `extra` is Keras's output padding. */
export interface TransposedAxis extends Axis {
  padding: 'valid' | 'same';
  extra: number | null;
}

/** The size that windows of `stride` laid down for every value make, cut to what the padding leaves. */
export function grown(size: number, axis: TransposedAxis): number {
  const { stride, extra } = axis;
  const reach = reachOf(axis);
  if (axis.padding === 'valid') return (size - 1) * stride + reach + (extra ?? Math.max(0, stride - reach));
  return extra === null ? size * stride : (size - 1) * stride + (reach % 2) + extra;
}

/** How much is cut off before the first value; what is cut or added after the last follows from the size. */
export function cutBefore(axis: TransposedAxis): number {
  if (axis.padding === 'valid') return 0;
  const reach = reachOf(axis);
  // Zeros around the input, as many as a plain convolution with the turned kernel needs to give that size.
  const zeros = axis.extra === null ? axis.stride + reach - 2 : reach + (reach % 2) - 2 + axis.extra;
  return reach - 1 - Math.min(Math.ceil(zeros / 2), reach - 1);
}
