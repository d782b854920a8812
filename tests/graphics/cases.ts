import type { Tensor } from '@tensorflow/tfjs-core';

/** Numbers by what they are. */
export type Results = Map<string, Float32Array>;

/** Something to be computed on two backends. */
export interface Case {
  what: string;
  run(): Promise<Results>;
}

export const valuesOf = async (value: Tensor): Promise<Float32Array> => Float32Array.from(await value.data());
