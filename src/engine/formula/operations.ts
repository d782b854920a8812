/** What formulas are made of: each as text that GLSL and WGSL both read, and as tfjs has it. */
import * as tf from '@tensorflow/tfjs-core';

interface Described {
  /** @param zero a value of the shader's type that is 0 */
  text(terms: readonly string[], zero: string): string;
  tensors(...terms: tf.Tensor[]): tf.Tensor;
}

const between =
  (symbol: string) =>
  ([a, b]: readonly string[]): string =>
    `${a} ${symbol} ${b}`;
const called =
  (name: string) =>
  (terms: readonly string[]): string =>
    `${name}(${terms.join(', ')})`;

export const OPERATIONS = {
  add: { text: between('+'), tensors: tf.add },
  sub: { text: between('-'), tensors: tf.sub },
  mul: { text: between('*'), tensors: tf.mul },
  div: { text: between('/'), tensors: tf.div },
  maximum: { text: called('max'), tensors: tf.maximum },
  minimum: { text: called('min'), tensors: tf.minimum },
  // step(edge, x) is 1 where x is not below the edge.
  above: { text: ([a, b]) => `1.0 - step(${a}, ${b})`, tensors: (a, b) => tf.cast(tf.greater(a, b), 'float32') },
  abs: { text: called('abs'), tensors: tf.abs },
  sign: { text: called('sign'), tensors: tf.sign },
  square: { text: ([a]) => `${a} * ${a}`, tensors: tf.square },
  sqrt: { text: called('sqrt'), tensors: tf.sqrt },
  exp: { text: called('exp'), tensors: tf.exp },
} as const satisfies Record<string, Described>;

export type OperationName = keyof typeof OPERATIONS;
