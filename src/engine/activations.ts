/** The activation functions as tensor operations, by their Keras names. */
import { add, elu, erf, leakyRelu, mul, relu, sigmoid, softmax, type Tensor, tanh } from '@tensorflow/tfjs-core';

/** Keras 3's slope for `leaky_relu` given by name. */
const LEAK = 0.2;

/** Exact: x·½(1 + erf(x/√2)), as Keras's default and not its tanh approximation. */
const gelu = (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));

const FUNCTIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu: (x) => relu(x),
  leaky_relu: (x) => leakyRelu(x, LEAK),
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
  softmax: (x) => softmax(x),
  elu: (x) => elu(x),
  gelu,
};

/** tfjs turns names into camelCase when it reads a model. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** @throws RangeError for an unknown name */
export function activationOf(name: unknown): (x: Tensor) => Tensor {
  const found = FUNCTIONS[snakeCase(String(name ?? 'linear'))];
  if (!found) throw new RangeError(`unknown activation “${String(name)}”`);
  return found;
}
