/** Activations where they are 0 or at their ends; and what is no number must stay so, or training that has gone wrong looks well. */
import { dispose, grad, mul, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { activationOf } from '@/engine/activations';
import { NATIVE_CURVES } from '@/engine/native/module';
import { noiseTensor } from '../support/tensors';
import { type Case, type Results, valuesOf } from './cases';

const FINITE = [-1e30, -90, -3, -1, -1e-6, 0, 1e-6, 0.25, 1, 3, 90, 1e30];
const ALL = [...FINITE, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN];

async function passed(name: string): Promise<Results> {
  const activation = activationOf(name);
  const [x, finite] = [tensor(ALL), tensor(FINITE)];
  const value = tidy(() => activation(x));
  const slope = tidy(() => grad((at: Tensor) => sum(mul(activation(at), noiseTensor([FINITE.length]))))(finite));
  const results: Results = new Map();
  // Beyond all bounds numbers of any size are alike; one by one they are held to their own size.
  for (const [at, one] of (await valuesOf(value)).entries()) results.set(`of ${ALL[at]}`, Float32Array.of(one));
  results.set('slope', await valuesOf(slope));
  dispose([x, finite, value, slope]);
  return results;
}

export const activations: readonly Case[] = NATIVE_CURVES.map((name) => ({ what: name, run: () => passed(name) }));
