/** Chance, seeded: the same seed gives the same run. */

/** mulberry32: what 32 bits of state are next, and the number in [0, 1) that they give. */
const nextState = (state: number): number => (state + 0x6d2b79f5) >>> 0;

function numberFrom(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** Numbers uniform in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = nextState(state);
    return numberFrom(state);
  };
}

/** A seed of its own for each named part of a run (FNV-1a), so that one more layer does not change the others. */
export function seedFor(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Where layers that need chance at each step (dropout) take their seeds. */
let steps = 0;

/** Begins a run's chance anew. */
export function seedSteps(seed: number): void {
  steps = seed >>> 0;
}

/** Where a run's chance has come to: what `seedSteps` takes to go on from here. */
export const chanceSoFar = (): number => steps;

export function nextSeed(): number {
  steps = nextState(steps);
  return Math.floor(numberFrom(steps) * 2 ** 31);
}

/** 32 random bits for each place of a tensor: Appleby's MurmurHash3 finalizer of a Weyl sequence, as native/elements.ts has it. */
export function bitsAt(place: number, seed: number): number {
  let h = (Math.imul(place, 0x9e3779b9) + seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
