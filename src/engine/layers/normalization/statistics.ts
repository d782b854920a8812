/** What normalisations share: taking mean and deviation out of a tensor, with the gradient of it all in one. */
import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from '../../gradients/own';

/** Mean and biased variance along axes, which stay as axes of size 1. */
export function momentsOf(x: Tensor, axes: number[]): { mean: Tensor; variance: Tensor; centred: Tensor } {
  const average = mean(x, axes, true);
  const centred = sub(x, average);
  return { mean: average, variance: mean(square(centred), axes, true), centred };
}

/**
 * x̂ = (x − μ)/√(σ² + ε) along axes, with dx = (dy − mean(dy) − x̂·mean(dy·x̂))/σ (Ioffe & Szegedy 2015): the
 * statistics depend on x, and this says how, so they need no gradients of their own.
 * @param along what to do with the statistics, which are constants to it; it gives a correction x̂·r + d, or null
 */
export function standardise(
  x: Tensor,
  axes: number[],
  epsilon: number,
  along?: (mean: Tensor, variance: Tensor) => { r: Tensor; d: Tensor } | null,
): Tensor {
  const op = withGradient<[Tensor, Tensor]>(
    (value) => {
      const { mean: average, variance, centred } = momentsOf(value, axes);
      const inverse = rsqrt(add(variance, epsilon));
      const hat = mul(centred, inverse);
      const correction = along?.(average, variance);
      if (!correction) return { y: hat, kept: [hat, inverse] };
      const { r, d } = correction;
      return { y: add(mul(hat, r), d), kept: [hat, mul(inverse, r)] };
    },
    (dy, [hat, scale]) => {
      const aside = mean(dy, axes, true);
      const beside = mean(mul(dy, hat), axes, true);
      return mul(sub(sub(dy, aside), mul(hat, beside)), scale);
    },
  );
  return op(x);
}

/** Axes counted from the front. */
export const frontAxes = (axes: unknown, rank: number): number[] =>
  (Array.isArray(axes) ? (axes as number[]) : [typeof axes === 'number' ? axes : -1])
    .map((axis) => (axis < 0 ? rank + axis : axis))
    .sort((a, b) => a - b);

export const otherAxes = (axes: readonly number[], rank: number): number[] =>
  Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));

/** A weight laid along its axes, for tensors of that rank. */
export function laidAlong(weight: Tensor, axes: readonly number[], shape: readonly number[]): Tensor {
  if (axes.length === 1 && axes[0] === shape.length - 1) return weight;
  return reshape(
    weight,
    shape.map((size, axis) => (axes.includes(axis) ? size : 1)),
  );
}
