/** Dropping values at random (Srivastava et al. 2014): the same ones for the same seed, on every backend. */
import { mul, type Tensor, tensor, tidy, util } from '@tensorflow/tfjs-core';
import { inputOf } from '../kernels/attributes';
import { outputFor } from '../kernels/heap';
import { drop } from '../native/elements';
import { needNative } from '../native/module';
import { bitsAt, nextSeed } from '../random';
import { canFuse, registerOwn, runOwn } from './own';

const DROP = 'OwnDrop';

interface Dropping {
  seed: number;
  /** Of 24 bits: places with fewer are dropped. */
  threshold: number;
  scale: number;
}

export function registerDrop(): void {
  registerOwn({
    name: DROP,
    compute: (call) => {
      const x = inputOf(call, 'x');
      const y = outputFor(call, x.shape);
      drop(needNative(), x, y, call.attrs as unknown as Dropping);
      return y;
    },
    // The same values are dropped on the way back, so that no mask need be kept.
    gradient: (dy, _, attributes) => ({ x: () => runOwn(DROP, { x: dy }, attributes) }),
  });
}

const thresholdOf = (rate: number): number => Math.round(rate * 2 ** 24);

/** One where a value is kept, zero elsewhere. */
export const keptMask = (shape: number[], rate: number): Tensor => maskOf(shape, rate, nextSeed(), 1);

function maskOf(shape: number[], rate: number, seed: number, kept: number): Tensor {
  const threshold = thresholdOf(rate);
  const values = new Float32Array(util.sizeFromShape(shape));
  for (let at = 0; at < values.length; at++) values[at] = bitsAt(at, seed) >>> 8 >= threshold ? kept : 0;
  return tensor(values, shape);
}

/**
 * Some values dropped, and the rest scaled up so that the mean stays.
 * @param shape of the mask, where values share their fate along axes of 1
 */
export function dropped(x: Tensor, rate: number, shape: number[] = x.shape): Tensor {
  const [seed, scale] = [nextSeed(), 1 / (1 - rate)];
  if (canFuse() && util.sizeFromShape(shape) === x.size)
    return runOwn(DROP, { x }, { seed, threshold: thresholdOf(rate), scale });
  return tidy(() => mul(x, maskOf(shape, rate, seed, scale)));
}
