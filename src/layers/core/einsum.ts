/** Einstein's notation for EinsumDense: which axis of input, kernel and output is which. */
import type { Dim } from '../dimension';

/** `[X],[Y]->[Z]`, with `...` before or after the letters of input and output: Keras's three forms. */
export const EQUATION =
  /^(?:[a-zA-Z]+,[a-zA-Z]+->[a-zA-Z]+|\.{3}[a-zA-Z]+,[a-zA-Z]+->\.{3}[a-zA-Z]+|[a-zA-Z]{2,}\.{3},[a-zA-Z]+->[a-zA-Z]+\.{3})$/;

/** The axes of the three tensors; those under the ellipsis are called `…0`, `…1`. */
export interface Labels {
  input: string[];
  kernel: string[];
  output: string[];
  /** How many axes stand under the ellipsis, and where. */
  elided: { count: number; left: boolean };
}

/** The labels for an input of so many axes, or null where the equation has others. */
export function labelsOf(equation: string, rank: number): Labels | null {
  const [operands = '', result = ''] = equation.split('->');
  const [x = '', w = ''] = operands.split(',');
  const letters = (text: string): string[] => [...text.replace('...', '')];
  const dotted = x.includes('...');
  const left = x.startsWith('...');
  const count = rank - letters(x).length;
  if (dotted ? count < 0 : count !== 0) return null;
  const hidden = Array.from({ length: count }, (_, at) => `…${at}`);
  const full = (text: string): string[] => (left ? [...hidden, ...letters(text)] : [...letters(text), ...hidden]);
  return { input: full(x), kernel: letters(w), output: full(result), elided: { count, left } };
}

/** Size 1 where the bias does not vary; null without a bias. Its axes begin with the first that varies. */
export function biasShape({ output }: Labels, sizes: readonly Dim[], axes: string): Dim[] | null {
  if (axes === '') return null;
  const first = Math.min(...[...axes].map((letter) => output.indexOf(letter)));
  return output.slice(first).map((label, at) => (axes.includes(label) ? (sizes[first + at] ?? 1) : 1));
}

/** A letter that stands twice in one tensor. */
export const doubled = (labels: readonly string[]): string | undefined =>
  labels.find((label, at) => labels.indexOf(label) < at);

/** The equation with letters for several axes under leading dots; null where it has none. */
export function spelledOut(equation: string, rank: number): string | null {
  const labels = labelsOf(equation, rank);
  if (!labels?.elided.left || labels.elided.count < 3) return null;
  const free = [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !equation.includes(letter));
  return equation.replaceAll('...', free.slice(0, labels.elided.count).join(''));
}
