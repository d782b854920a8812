/** What the way there and the way back of a sequence both need to know. */
import type { Kind } from './cells';

export interface Plan {
  kind: Kind;
  batch: number;
  steps: number;
  units: number;
  width: number;
  backwards: boolean;
  /** Of [N, T]: 0 for padding. */
  marks: Float32Array | null;
  /** The first step of each sample that is not padding; T where none is. */
  begins: Uint32Array;
  drop: Float32Array | null;
  /** Of the input and of the recurrent product, [W] each. */
  biases: [Float32Array, Float32Array];
}

/** Where in time a step of reading lies. */
export const timeOf = ({ backwards, steps }: Pick<Plan, 'backwards' | 'steps'>, step: number): number =>
  backwards ? steps - 1 - step : step;

/** The first step of each sample that is not padding; T where none is. */
export function beginningsOf(
  marks: Float32Array | null,
  batch: number,
  steps: number,
  backwards: boolean,
): Uint32Array {
  const begins = new Uint32Array(batch);
  if (!marks) return begins;
  for (let row = 0; row < batch; row++) {
    let step = 0;
    while (step < steps && marks[row * steps + timeOf({ backwards, steps }, step)] === 0) step++;
    begins[row] = step;
  }
  return begins;
}
