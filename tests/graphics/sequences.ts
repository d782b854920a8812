/** Recurrent cells over sequences, by programs that read four values at once and one by one. */
import { dispose, grads, mul, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { CellName } from '@/engine/layers/recurrent/fused/cells';
import { noise } from '../support/networks';
import { CASES, CELLS, reader, type Sizes, type Case as Way } from '../support/sequences';
import { type Case, type Results, valuesOf } from './cases';

const SIZES: Sizes = { batch: 4, steps: 5, units: 6 };

/** Values lie four together only where there are even numbers of them; what is piled up is so in groups. */
const OTHER_SIZES: readonly Sizes[] = [
  { batch: 3, steps: 5, units: 4 },
  { batch: 5, steps: 6, units: 3 },
  { batch: 2, steps: 1, units: 2 },
  { batch: 2, steps: 37, units: 4 },
];
const OTHERS = CASES.filter(({ title }) => title === 'as it comes' || title === 'with dropout');

async function passed(name: CellName, way: Way, sizes: Sizes): Promise<Results> {
  const { f, inputs } = reader(name, way, true, sizes);
  const tensors = inputs.map(({ shape, data }) => tensor(data, shape));
  const value = tidy(() => f(...tensors));
  const score = (...xs: Tensor[]): Tensor => sum(mul(f(...xs), tensor(noise(value.size, 70), value.shape)));
  const slopes = tidy(() => grads(score)(tensors));
  const results: Results = new Map([['value', await valuesOf(value)]]);
  for (const [at, slope] of slopes.entries()) results.set(`gradient ${at}`, await valuesOf(slope));
  dispose([value, ...slopes, ...tensors]);
  return results;
}

const ALL = [
  ...CASES.map((way) => ({ way, sizes: SIZES })),
  ...OTHER_SIZES.flatMap((sizes) => OTHERS.map((way) => ({ way, sizes }))),
];

export const sequences: readonly Case[] = (Object.keys(CELLS) as CellName[]).flatMap((name) =>
  ALL.map(({ way, sizes }) => ({
    what: `${name} ${way.title}, ${Object.values(sizes).join('×')}`,
    run: () => passed(name, way, sizes),
  })),
);
