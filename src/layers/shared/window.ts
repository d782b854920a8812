/** The geometry of windows that slide over one, two or three spatial axes: convolution and pooling. */
import type { Inferred, Refusal, Repair, Tensor, Window } from '../declaration';
import { BATCH, type Dim, formatShape, isKnown } from '../dimension';
import { type Derivation, derive } from '../formula';
import { choice, inKeras, type KerasCodec, type ParamSpec, sizes } from '../params';

export const padding = () =>
  choice({
    label: 'Padding',
    help: '“valid” keeps the window inside the input; “same” adds zeros at the edges so that only the stride shrinks it.',
    symbol: 'P',
    default: 'valid',
    options: { valid: 'valid', same: 'same' },
  });

/** Only sequences have a past to look at. van den Oord et al. 2016 (WaveNet). */
export const causalPadding = () =>
  choice({
    label: 'Padding',
    help: '“valid” keeps the window inside the sequence; “same” adds zeros at both ends; “causal” adds them at the start only, so no step sees the future.',
    symbol: 'P',
    default: 'valid',
    options: { valid: 'valid', same: 'same', causal: 'causal' },
  });

export const strides = <T extends readonly number[]>(fallback: T): ParamSpec<T> =>
  sizes({
    label: 'Strides',
    help: 'How far the window moves at each step, along each axis.',
    symbol: 'S',
    min: 1,
    axes: fallback.length,
    default: fallback,
  }) as unknown as ParamSpec<T>;

export type DataFormat = 'channelsLast' | 'channelsFirst';

const FORMATS: KerasCodec<DataFormat> = {
  write: (value) => (value === 'channelsFirst' ? 'channels_first' : 'channels_last'),
  read: (json) =>
    json === null || json === 'channels_last'
      ? 'channelsLast'
      : json === 'channels_first'
        ? 'channelsFirst'
        : undefined,
};

/** Where the channels stand; Keras's `data_format`. */
export const dataFormat = (): ParamSpec<DataFormat> =>
  inKeras(
    choice<DataFormat>({
      label: 'Channels',
      help: 'Whether the channels are the last axis (Keras, TensorFlow) or the first after the batch (PyTorch).',
      default: 'channelsLast',
      options: { channelsLast: 'last', channelsFirst: 'first' },
      advanced: true,
    }),
    FORMATS,
  );

/** A tensor's axes by what they mean. */
export interface Plane {
  batch: Dim;
  spatial: readonly Dim[];
  channels: Dim;
}

export function planeOf({ shape }: Tensor, format: DataFormat = 'channelsLast'): Plane {
  const [batch = BATCH, ...rest] = shape;
  return format === 'channelsLast'
    ? { batch, spatial: rest.slice(0, -1), channels: rest.at(-1) ?? 1 }
    : { batch, spatial: rest.slice(1), channels: rest[0] ?? 1 };
}

export const shapeOf = ({ batch, spatial, channels }: Plane, format: DataFormat = 'channelsLast'): Dim[] =>
  format === 'channelsLast' ? [batch, ...spatial, channels] : [batch, channels, ...spatial];

/** Of what a unit sees no box of the input's axes can be told. */
export const NOT_TOLD: Window = { kernel: [], strides: [], dilation: [] };

/** Each unit sees one value, the first that which lies so far before the input's first. */
export function shifted(before: readonly (number | null)[]): Window {
  const ones = before.map(() => 1);
  return { kernel: ones, strides: ones, dilation: ones, before };
}

/** What a rule says of the receptive field. */
export const fieldOf = (
  window: Window | 'global',
  format: DataFormat = 'channelsLast',
): Pick<Inferred, 'window' | 'channels'> => ({ window, ...(format === 'channelsFirst' && { channels: 'first' }) });

export interface WindowParams {
  kernel: readonly number[];
  strides: readonly number[];
  dilation: readonly number[];
  padding: 'valid' | 'same' | 'causal';
}

export interface Side {
  /** `height` */
  name: string;
  /** Of the input's size in formulas: `H`. */
  letter: string;
  /** Of what belongs to the axis: `h`, as in `F_h`. */
  index: string;
}

const [depth, height, width, length]: [Side, Side, Side, Side] = [
  { name: 'depth', letter: 'L', index: 'l' },
  { name: 'height', letter: 'H', index: 'h' },
  { name: 'width', letter: 'W', index: 'w' },
  { name: 'length', letter: 'T', index: 't' },
];

const SIDES: readonly (readonly Side[])[] = [[], [length], [height, width], [depth, height, width]];

/** What the spatial axes are called, by how many there are. */
export const sidesOf = (axes: number): readonly Side[] => SIDES[axes] ?? [];

/**
 * Output sizes of a sliding window, by Dumoulin & Visin 2016: ⌊(H − D·(F−1) − 1)/S⌋ + 1 for “valid”,
 * ⌈H/S⌉ for “same” and “causal” (the rule of TensorFlow and Keras). One derivation an axis.
 * @param spatial sizes of the input
 */
export function slide(spatial: readonly Dim[], window: WindowParams): { sizes: Derivation[] } | { tooLarge: number } {
  const found: Derivation[] = [];
  for (const [axis, { name, letter, index }] of sidesOf(spatial.length).entries()) {
    const size = spatial[axis] ?? 0;
    const [kernel, stride, dilation] = [
      window.kernel[axis] ?? 1,
      window.strides[axis] ?? 1,
      window.dilation[axis] ?? 1,
    ];
    const reach = dilation * (kernel - 1) + 1;
    if (window.padding === 'valid' && isKnown(size) && size < reach) return { tooLarge: axis };
    const values = { [letter]: size, [`F_${index}`]: kernel, [`S_${index}`]: stride, [`D_${index}`]: dilation };
    found.push(derive(`Output ${name}`, formulaFor(window.padding, letter, index, dilation), values));
  }
  return { sizes: found };
}

/** The zeros before the first value, by TensorFlow's rule: of an odd number, the larger half comes after the last. */
export function paddingBefore(spatial: readonly Dim[], window: WindowParams): (number | null)[] {
  return spatial.map((size, axis) => {
    const [stride, reach] = [window.strides[axis] ?? 1, reachOf(window, axis)];
    if (window.padding === 'valid') return 0;
    if (window.padding === 'causal') return reach - 1;
    if (stride === 1) return Math.floor((reach - 1) / 2);
    if (!isKnown(size)) return null;
    return Math.floor(Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0) / 2);
  });
}

const reachOf = (window: WindowParams, axis: number): number =>
  (window.dilation[axis] ?? 1) * ((window.kernel[axis] ?? 1) - 1) + 1;

function formulaFor(kind: WindowParams['padding'], letter: string, index: string, dilation: number): string {
  if (kind !== 'valid') return `⌈${letter}/S_${index}⌉`;
  const reach = dilation === 1 ? `${letter} − F_${index}` : `${letter} − D_${index}·(F_${index} − 1) − 1`;
  return `⌊(${reach})/S_${index}⌋ + 1`;
}

/** The problem of a window larger than its input, with what would mend it. */
export function windowTooLarge(
  what: string,
  param: string,
  input: Tensor,
  spatial: readonly Dim[],
  window: WindowParams,
): Refusal {
  const reach = spatial.map((_, axis) => (window.dilation[axis] ?? 1) * ((window.kernel[axis] ?? 1) - 1) + 1);
  const fitting = spatial.map((size, axis) =>
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
    why: 'With “valid” padding the whole window must lie inside the input, so the input has to be at least as large as the window.',
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
export const sizesDigest = (value: readonly number[]): string => value.join('×');

export const strideDigest = (value: readonly number[]): string[] => {
  const [first] = value;
  if (value.every((stride) => stride === 1)) return [];
  return [value.every((stride) => stride === first) ? `stride ${first}` : `stride ${sizesDigest(value)}`];
};
