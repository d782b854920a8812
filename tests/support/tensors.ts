import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { noise } from './networks';

export const noiseTensor = (shape: number[], seed = 1): Tensor =>
  tensor(
    noise(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
    shape,
  );
