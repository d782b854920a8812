import { type Tensor, type Variable, variable } from '@tensorflow/tfjs-core';

/** Numbers by what they are. */
export type Results = Map<string, Float32Array>;

/** Something to be computed on two backends. */
export interface Case {
  what: string;
  run(): Promise<Results>;
}

export const valuesOf = async (value: Tensor): Promise<Float32Array> => Float32Array.from(await value.data());

/** A variable that begins with a tensor's values, and alone holds them. */
export function variableOf(first: Tensor): Variable {
  const made = variable(first);
  first.dispose();
  return made;
}
