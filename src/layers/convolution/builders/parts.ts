/** What all convolutions have in common, over one, two or three axes. */
import type { Inferred, LayerDocs, Refusal, Tensor } from '../../declaration';
import { type Dim, isKnown } from '../../dimension';
import { type Derivation, derive } from '../../formula';
import { flag, integer, type ParamSpec, sizes } from '../../params';
import {
  type DataFormat,
  fieldOf,
  type Plane,
  paddingBefore,
  planeOf,
  sidesOf,
  sizesDigest,
  slide,
  type WindowParams,
  windowTooLarge,
} from '../../shared/window';

export type Axes = 1 | 2 | 3;

/** What differs between the layers of one kind. */
export interface Facts {
  type: string;
  /** Keras's class, too. */
  title: string;
  axes: Axes;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch: string; onnx: string };
}

const PORTS = { 1: 'Sequence', 2: 'Image', 3: 'Volume' } as const;

export const inputs = (axes: Axes) => ({ in: { title: PORTS[axes], rank: [axes + 2] } }) as const;

export const ones = (axes: Axes): readonly number[] => Array.from({ length: axes }, () => 1);

/** `height and width` */
const sideNames = (axes: Axes): string =>
  sidesOf(axes)
    .map(({ name }) => name)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const filters = () =>
  integer({
    label: 'Filters',
    help: 'How many feature maps the layer computes.',
    symbol: 'K',
    min: 1,
    max: 100_000,
    default: 32,
  });

export const kernelSize = (axes: Axes) =>
  sizes({
    label: 'Kernel size',
    help: `${capital(sideNames(axes))} of the window.`,
    symbol: 'F',
    axes,
    min: 1,
    max: 1000,
    default: ones(axes).map(() => 3),
  });

export const dilation = (axes: Axes) =>
  sizes({
    label: 'Dilation',
    help: 'Spreads the window: it takes every D-th value.',
    symbol: 'D',
    axes,
    min: 1,
    max: 1000,
    default: ones(axes),
    advanced: true,
  });

export const depthMultiplier = (): ParamSpec<number> =>
  integer({
    label: 'Depth multiplier',
    help: 'How many filters every channel has to itself.',
    symbol: 'M',
    min: 1,
    max: 10_000,
    default: 1,
  });

export const bias = () => flag({ label: 'Bias', help: 'Adds a learned constant to each feature map.', default: true });

interface Sliding {
  kernelSize: readonly number[];
  strides: readonly number[];
  padding: WindowParams['padding'];
  dilation: readonly number[];
  dataFormat: DataFormat;
}

export interface Known extends Plane {
  channels: number;
}

/** The input's axes, with the number of channels known. */
export function knownPlane(axes: Axes, x: Tensor, format: DataFormat): { plane: Known } | { refusal: Refusal } {
  const plane = planeOf(x, format);
  if (isKnown(plane.channels)) return { plane: { ...plane, channels: plane.channels } };
  return {
    refusal: {
      message: 'The number of channels is unknown, so the number of weights cannot be told.',
      why: `${capital(sideNames(axes))} may be of any size, but every filter has weights for each channel.`,
      port: 'in',
    },
  };
}

/** Stride and dilation are one or the other. */
export function stridedAndDilated(axes: Axes, { strides, dilation: rates }: Sliding): { refusal: Refusal } | null {
  if (strides.every((stride) => stride === 1) || rates.every((rate) => rate === 1)) return null;
  return {
    refusal: {
      message: `A stride of ${sizesDigest(strides)} and a dilation of ${sizesDigest(rates)} cannot be combined.`,
      why: 'Keras and TensorFlow define a convolution with one or the other.',
      param: 'dilation',
      repairs: [
        { title: 'Dilation 1', kind: 'setParams', params: { dilation: [...ones(axes)] } },
        { title: 'Stride 1', kind: 'setParams', params: { strides: [...ones(axes)] } },
      ],
    },
  };
}

interface Slid {
  plane: Known;
  /** How the output's sizes come about. */
  shape: Derivation[];
  spatial: Dim[];
  /** For the receptive field. */
  seen: Pick<Inferred, 'window' | 'channels'>;
}

/** The input's axes and where a window over them leads; or why it does not fit. */
export function slideOver(axes: Axes, x: Tensor, params: Sliding): Slid | { refusal: Refusal } {
  const known = knownPlane(axes, x, params.dataFormat);
  if ('refusal' in known) return known;
  const { plane } = known;
  const window: WindowParams = {
    kernel: params.kernelSize,
    strides: params.strides,
    dilation: params.dilation,
    padding: params.padding,
  };
  const slid = slide(plane.spatial, window);
  if ('tooLarge' in slid) return { refusal: windowTooLarge('kernel', 'kernelSize', x, plane.spatial, window) };
  return {
    plane,
    shape: slid.sizes,
    spatial: slid.sizes.map(({ result }) => result),
    seen: fieldOf({ ...window, before: paddingBefore(plane.spatial, window) }, params.dataFormat),
  };
}

/** `F_h·F_w` */
export const kernelProduct = (axes: Axes): string =>
  sidesOf(axes)
    .map(({ index }) => `F_${index}`)
    .join('·');

/** `['F_h', 'F_w']` */
export const kernelSymbols = (axes: Axes): string[] => sidesOf(axes).map(({ index }) => `F_${index}`);

export const kernelValues = (axes: Axes, kernel: readonly number[]): Record<string, number> =>
  Object.fromEntries(sidesOf(axes).map(({ index }, axis) => [`F_${index}`, kernel[axis] ?? 1]));

/** Multiply-adds at every place of the output: `H_out·W_out·(each)`. */
export function macsAt(axes: Axes, spatial: readonly Dim[], each: string, values: Record<string, Dim>): Derivation {
  const letters = sidesOf(axes).map(({ letter }) => `${letter}_out`);
  const places = Object.fromEntries(letters.map((letter, axis) => [letter, spatial[axis] ?? 1]));
  return derive('Multiply-adds', `${letters.join('·')}·${each}`, { ...values, ...places });
}
