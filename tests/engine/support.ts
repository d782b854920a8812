/** Running one computation on several backends, and differentiating it numerically. */
import { add, dispose, grads, mul, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { type Backend, prepareBackends, startBackend } from '@/engine';
import { noise } from '../support/networks';
import { noiseTensor } from '../support/tensors';

/** The backends Node has. */
export const IN_NODE: readonly Backend[] = ['wasm', 'cpu'];

export async function use(backend: Backend): Promise<void> {
  prepareBackends();
  await startBackend(backend);
}

export { noise, noiseTensor };

/** The largest difference, in units of the larger of 1 and the largest value. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [most, largest] = [0, 1];
  for (let at = 0; at < a.length; at++) {
    const [x = Number.NaN, y = Number.NaN] = [a[at], b[at]];
    if (Number.isNaN(x - y)) return Number.POSITIVE_INFINITY;
    most = Math.max(most, Math.abs(x - y));
    largest = Math.max(largest, Math.abs(y));
  }
  return most / largest;
}

export const expectClose = (actual: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-5): void =>
  expect(distance(actual, wanted)).toBeLessThan(tolerance);

/** What a function of tensors gives on the backend in use, with the gradient of ⟨y, r⟩ for a fixed random r. */
export function differentiate(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly { shape: number[]; data: Float32Array }[],
): { value: Float32Array; shape: number[]; gradients: Float32Array[]; slope: number; measured: number } {
  const tensors = inputs.map(({ shape, data }) => tensor(data.slice(), shape));
  const ways = inputs.map(({ shape }, at) => noiseTensor(shape, 90 + at));
  const y = tidy(() => f(...tensors));
  const weights = noiseTensor(y.shape, 77);
  const scalarOf = (...xs: Tensor[]): Tensor => sum(mul(f(...xs), weights));
  const slopes = tidy(() => grads(scalarOf)(tensors));
  const at = (step: number): number =>
    tidy(
      () => scalarOf(...tensors.map((x, index) => add(x, mul(ways[index] as Tensor, step)))).dataSync()[0] as number,
    );
  const step = 1e-2;
  const gradients = slopes.map((slope) => slope.dataSync<'float32'>().slice());
  const result = {
    value: y.dataSync<'float32'>().slice(),
    shape: y.shape,
    gradients,
    // The slope along a random direction, by the gradient and by differences.
    slope: gradients.reduce((total, gradient, index) => total + dot(gradient, ways[index] as Tensor), 0),
    measured: (at(step) - at(-step)) / (2 * step),
  };
  dispose([y, weights, ...tensors, ...ways, ...slopes]);
  return result;
}

function dot(a: Float32Array, b: Tensor): number {
  const values = b.dataSync<'float32'>();
  return a.reduce((total, value, at) => total + value * (values[at] ?? 0), 0);
}
