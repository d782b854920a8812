import type { Tensor } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@/document';
import type { Term } from '../../formula/terms';

/** Where in training an update is made. */
export interface Moment {
  /** Counts the updates from 1. */
  step: number;
  /** The learning rate, as the schedule has it now. */
  rate: number;
}

/**
 * An update rule, written twice: over plain arrays, which changes weights where they lie (WebAssembly and
 * CPU; one pass instead of ten kernels), and as formulas for a GPU, where each is one program.
 */
export interface Rule {
  /** How many arrays of the weight's size the rule remembers, with the value each begins at. */
  slots: readonly number[];
  /** Changes `weight` and `slots` in place. */
  inPlace(weight: Float32Array, gradient: Float32Array, slots: readonly Float32Array[], moment: Moment): void;
  /** The new weight and the new slots. */
  byFormulas(weight: Term, gradient: Term, slots: readonly Tensor[], moment: Moment): { weight: Term; slots: Term[] };
}

export type Settings<T extends Optimizer['type']> = Extract<Optimizer, { type: T }>;
