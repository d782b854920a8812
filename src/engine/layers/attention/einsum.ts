/** Sums of products in Einstein's notation by transposing, reshaping and one matrix product: tf.einsum has no gradient. */
import { matMul, reshape, sum, type Tensor, transpose } from '@tensorflow/tfjs-core';

export interface EinsumLabels {
  input: readonly string[];
  kernel: readonly string[];
  output: readonly string[];
}

/** The labels of an equation such as `...x,xy->...y` for an input of so many axes. */
export function einsumLabels(equation: string, rank: number): EinsumLabels {
  const [operands = '', result = ''] = equation.split('->');
  const [x = '', w = ''] = operands.split(',');
  const letters = (text: string): string[] => [...text.replace('...', '')];
  const hidden = Array.from({ length: rank - letters(x).length }, (_, at) => `…${at}`);
  const full = (text: string): string[] =>
    x.startsWith('...') ? [...hidden, ...letters(text)] : [...letters(text), ...hidden];
  return { input: full(x), kernel: letters(w), output: full(result) };
}

/** Brings axes into another order, if they are not in it. */
function ordered(x: Tensor, from: readonly string[], to: readonly string[]): Tensor {
  const order = to.map((label) => from.indexOf(label));
  return order.every((axis, at) => axis === at) ? x : transpose(x, order);
}

/** Σ over what the output lacks of x·w. No label stands twice for one tensor. */
export function einsum(x: Tensor, w: Tensor, { input, kernel, output }: EinsumLabels): Tensor {
  const alone = input.filter((label) => !kernel.includes(label) && !output.includes(label));
  const kept = input.filter((label) => !alone.includes(label));
  const summed =
    alone.length === 0
      ? x
      : sum(
          x,
          alone.map((label) => input.indexOf(label)),
        );
  const both = kept.filter((label) => kernel.includes(label) && output.includes(label));
  const contracted = kept.filter((label) => kernel.includes(label) && !output.includes(label));
  const [ofInput, ofKernel] = [
    kept.filter((label) => !kernel.includes(label)),
    kernel.filter((label) => !kept.includes(label)),
  ];
  const sizes = new Map([
    ...kernel.map((label, at) => [label, w.shape[at] ?? 1] as const),
    ...input.map((label, at) => [label, x.shape[at] ?? 1] as const),
  ]);
  const shapeOf = (labels: readonly string[]): number[] => labels.map((label) => sizes.get(label) ?? 1);
  const size = (labels: readonly string[]): number => shapeOf(labels).reduce((a, b) => a * b, 1);
  const batch = both.length === 0 ? [] : [size(both)];
  const [rows, columns, depth] = [size(ofInput), size(ofKernel), size(contracted)];
  const left = reshape(ordered(summed, kept, [...both, ...ofInput, ...contracted]), [...batch, rows, depth]);
  const right = reshape(ordered(w, kernel, [...both, ...contracted, ...ofKernel]), [...batch, depth, columns]);
  const found = [...both, ...ofInput, ...ofKernel];
  return ordered(reshape(matMul(left, right), shapeOf(found)), found, output);
}
