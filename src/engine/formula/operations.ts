/** What formulas are made of: each as text of a program, and as tfjs has it. */
import * as tf from '@tensorflow/tfjs-core';

/** What GLSL and WGSL do not both say alike. */
export interface Choosing {
  /** Whether a < b. */
  less(a: string, b: string): string;
  choose(no: string, yes: string, condition: string): string;
}

export interface Described {
  text(terms: readonly string[], language: Choosing): string;
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
  // Programs' own max and min may give the other where the first is no number, and hide that training has gone wrong.
  maximum: { text: ([a = '', b = ''], { less, choose }) => choose(a, b, less(a, b)), tensors: tf.maximum },
  minimum: { text: ([a = '', b = ''], { less, choose }) => choose(a, b, less(b, a)), tensors: tf.minimum },
  // step(edge, x) is 1 where x is not below the edge.
  above: { text: ([a, b]) => `1.0 - step(${a}, ${b})`, tensors: (a, b) => tf.cast(tf.greater(a, b), 'float32') },
  abs: { text: called('abs'), tensors: tf.abs },
  sign: { text: called('sign'), tensors: tf.sign },
  square: { text: ([a]) => `${a} * ${a}`, tensors: tf.square },
  sqrt: { text: called('sqrt'), tensors: tf.sqrt },
  exp: { text: called('exp'), tensors: tf.exp },
} as const satisfies Record<string, Described>;

export type OperationName = keyof typeof OPERATIONS;
