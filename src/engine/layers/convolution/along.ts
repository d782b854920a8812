/** Moving values along the second axis of three, in ways that have gradients on every backend. */
import { pad, reshape, slice, type Tensor3D, zeros } from '@tensorflow/tfjs-core';

/**
 * The values from `start` on, a step apart.
 * @param x [A, L, B] → [A, count, B]; what lies beyond the end of x is not asked for
 */
export function strided(x: Tensor3D, start: number, step: number, count: number): Tensor3D {
  const [a, length, b] = x.shape;
  if (step === 1) return slice(x, [0, start, 0], [a, count, b]);
  const whole = count * step;
  const held = Math.min(whole, length - start);
  const from = slice(x, [0, start, 0], [a, held, b]);
  const full = held === whole ? from : pad(from, [none, [0, whole - held], none]);
  return reshape(slice(reshape(full, [a * count, step, b]), [0, 0, 0], [a * count, 1, b]), [a, count, b]);
}

/**
 * The values a step apart, with zeros between and after them.
 * @param x [A, L, B] → [A, L·step, B]
 */
export function spread(x: Tensor3D, step: number): Tensor3D {
  if (step === 1) return x;
  const [a, length, b] = x.shape;
  const apart = pad(reshape(x, [a * length, 1, b]), [none, [0, step - 1], none]);
  return reshape(apart, [a, length * step, b]);
}

/**
 * Puts the values at `start` of a row of `size`; what lies outside is dropped, what is not covered is zero.
 * @param x [A, L, B] → [A, size, B]
 */
export function placed(x: Tensor3D, start: number, size: number): Tensor3D {
  const [a, length, b] = x.shape;
  const [from, to] = [Math.max(0, -start), Math.min(length, size - start)];
  if (from >= to) return zeros([a, size, b]);
  const kept = from === 0 && to === length ? x : slice(x, [0, from, 0], [a, to - from, b]);
  return pad(kept, [none, [start + from, size - start - to], none]);
}

const none: [number, number] = [0, 0];
