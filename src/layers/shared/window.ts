/** The geometry of windows that slide over a plane: convolution and pooling. */
import type { Refusal, Repair, Tensor } from '../declaration';
import { type Dim, formatShape, isKnown } from '../dimension';
import { type Derivation, derive } from '../formula';
import { choice, type Pair, pair } from '../params';

export const padding = () =>
  choice({
    label: 'Padding',
    help: '“valid” keeps the window inside the image; “same” adds zeros at the edges so that only the stride shrinks it.',
    symbol: 'P',
    default: 'valid',
    options: { valid: 'valid', same: 'same' },
  });

export const strides = (fallback: Pair) =>
  pair({
    label: 'Strides',
    help: 'How far the window moves at each step, down and to the right.',
    symbol: 'S',
    min: 1,
    default: fallback,
  });

export interface WindowParams {
  kernel: Pair;
  strides: Pair;
  dilation: Pair;
  padding: 'valid' | 'same';
}

const AXES = [
  { title: 'Output height', letter: 'H', index: 'h' },
  { title: 'Output width', letter: 'W', index: 'w' },
] as const;

/**
 * Output sizes of a sliding window, by Dumoulin & Visin 2016: ⌊(H − D·(F−1) − 1)/S⌋ + 1 for “valid”,
 * ⌈H/S⌉ for “same” (the rule of TensorFlow and Keras).
 * @param input shape [N, H, W, C]
 */
export function slide(input: Tensor, window: WindowParams): { sizes: [Derivation, Derivation] } | { tooLarge: 0 | 1 } {
  const sizes: Derivation[] = [];
  for (const [axis, { title, letter, index }] of AXES.entries()) {
    const size = input.shape[axis + 1] ?? 0;
    const [kernel, stride, dilation] = [
      window.kernel[axis] ?? 1,
      window.strides[axis] ?? 1,
      window.dilation[axis] ?? 1,
    ];
    const reach = dilation * (kernel - 1) + 1;
    if (window.padding === 'valid' && isKnown(size) && size < reach) return { tooLarge: axis === 0 ? 0 : 1 };
    const values = { [letter]: size, [`F_${index}`]: kernel, [`S_${index}`]: stride, [`D_${index}`]: dilation };
    sizes.push(derive(title, formulaFor(window.padding, letter, index, dilation), values));
  }
  const [height, width] = sizes;
  if (!height || !width) throw new Error('a plane has two axes');
  return { sizes: [height, width] };
}

function formulaFor(kind: 'valid' | 'same', letter: string, index: string, dilation: number): string {
  if (kind === 'same') return `⌈${letter}/S_${index}⌉`;
  const reach = dilation === 1 ? `${letter} − F_${index}` : `${letter} − D_${index}·(F_${index} − 1) − 1`;
  return `⌊(${reach})/S_${index}⌋ + 1`;
}

/** The problem of a window larger than its input, with what would mend it. */
export function windowTooLarge(what: string, param: string, input: Tensor, window: WindowParams): Refusal {
  const [height, width] = [input.shape[1] ?? 0, input.shape[2] ?? 0];
  const reach = [0, 1].map((axis) => (window.dilation[axis] ?? 1) * ((window.kernel[axis] ?? 1) - 1) + 1);
  const fitting = [height, width].map((size, axis) =>
    largestKernel(size, window.kernel[axis] ?? 1, window.dilation[axis] ?? 1),
  );
  const repairs: Repair[] = [{ title: 'Make padding “same”', kind: 'setParams', params: { padding: 'same' } }];
  if (fitting.every((kernel) => kernel >= 1)) {
    repairs.push({
      title: `Shrink the window to ${fitting.join('×')}`,
      kind: 'setParams',
      params: { [param]: fitting },
    });
  }
  return {
    message: `A ${reach.join('×')} ${what} does not fit into an input of ${formatShape(input.shape)}.`,
    why: 'With “valid” padding the whole window must lie inside the image, so the image has to be at least as large as the window.',
    port: 'in',
    param,
    repairs,
  };
}

function largestKernel(size: Dim, kernel: number, dilation: number): number {
  if (!isKnown(size)) return kernel;
  return Math.min(kernel, Math.floor((size - 1) / dilation) + 1);
}

/** `3×3`, for a node's card. */
export const pairDigest = (value: Pair): string => `${value[0]}×${value[1]}`;

export const strideDigest = (value: Pair): string[] =>
  value[0] === 1 && value[1] === 1
    ? []
    : [value[0] === value[1] ? `stride ${value[0]}` : `stride ${pairDigest(value)}`];
