/** What an optimizer remembers, as plain arrays: to be stored and gone on from. */
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { KeptArrays } from '@/compiler';
import { readBack } from '../backends';

/** The keeper's view of a memory: tensors by variable name, with the shape they share. */
export type Slots = ReadonlyMap<string, readonly Tensor[]>;

/** @param nameOf a variable's weight; what belongs to none is left out */
export async function readSlots(slots: Slots, nameOf: (variable: string) => string | undefined): Promise<KeptArrays> {
  const kept: KeptArrays = {};
  for (const [variable, tensors] of slots) {
    const name = nameOf(variable);
    if (name !== undefined)
      kept[name] = await Promise.all(tensors.map(async (t) => Float32Array.from(await readBack(t))));
  }
  return kept;
}

/** Tensors of their own, for the taker to keep. */
export const toTensors = (arrays: readonly Float32Array[], shape: number[]): Tensor[] =>
  arrays.map((values) => tidy(() => tensor(values.slice(), shape)));
