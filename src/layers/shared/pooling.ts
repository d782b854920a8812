/** What pooling layers over one, two or three axes have in common: all but the word. */
import { defineLayer, type LayerDeclaration, type LayerDocs, type Window } from '../declaration';
import { type Dim, formatShape, isKnown } from '../dimension';
import { derive } from '../formula';
import { flag, integers, optionalSizes, sizes } from '../params';
import {
  dataFormat,
  fieldOf,
  NOT_TOLD,
  padding,
  paddingBefore,
  planeOf,
  shapeOf,
  sidesOf,
  sizesDigest,
  slide,
  strideDigest,
  windowTooLarge,
} from './window';

export type Axes = 1 | 2 | 3;

/** What differs between the layers of one kind. */
export interface PoolingFacts {
  type: string;
  /** Keras's class, too; `custom` where Keras has none. */
  title: string;
  axes: Axes;
  custom?: boolean;
  also?: readonly string[];
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch?: string; onnx?: string };
}

const PORTS = { 1: 'Sequence', 2: 'Image', 3: 'Volume' } as const;

const inputs = (axes: Axes) => ({ in: { title: PORTS[axes], rank: [axes + 2] } }) as const;

const twos = (axes: Axes): readonly number[] => Array.from({ length: axes }, () => 2);

/** One value for each place of a window. */
export function windowPooling({ axes, custom, also, ...facts }: PoolingFacts): LayerDeclaration {
  return defineLayer({
    family: 'pooling',
    ...facts,
    params: {
      poolSize: sizes({
        label: 'Pool size',
        help: 'How far the window that becomes one value reaches along each axis.',
        symbol: 'F',
        min: 1,
        axes,
        default: twos(axes),
      }),
      strides: optionalSizes({
        label: 'Strides',
        empty: 'pool size',
        help: 'How far the window moves at each step. Empty: as far as it is large.',
        symbol: 'S',
        min: 1,
        axes,
        default: null,
      }),
      padding: padding(),
      dataFormat: dataFormat(),
    },
    inputs: inputs(axes),
    digest: ({ poolSize, strides }) => [
      sizesDigest(poolSize),
      ...(strides && String(strides) !== String(poolSize) ? strideDigest(strides) : []),
    ],
    infer({ params: { poolSize, strides, padding: kind, dataFormat: format }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const window = {
        kernel: poolSize,
        strides: strides ?? poolSize,
        dilation: poolSize.map(() => 1),
        padding: kind,
      };
      const slid = slide(plane.spatial, window);
      if ('tooLarge' in slid)
        return { refusal: windowTooLarge('pooling window', 'poolSize', x, plane.spatial, window) };
      const spatial = slid.sizes.map(({ result }) => result);
      return {
        output: { shape: shapeOf({ ...plane, spatial }, format), dtype: x.dtype },
        shape: slid.sizes,
        ...fieldOf({ ...window, before: paddingBefore(plane.spatial, window) }, format),
      };
    },
    keras: {
      className: facts.title,
      ...(custom && { custom }),
      ...(also && { also }),
      write: ({ params: { poolSize, strides } }, config) => ({
        className: facts.title,
        config: { ...config, strides: [...(strides ?? poolSize)] },
      }),
    },
  });
}

/** One value for each whole channel. */
export function globalPooling({ axes, custom, also, ...facts }: PoolingFacts): LayerDeclaration {
  return defineLayer({
    family: 'pooling',
    ...facts,
    params: {
      keepdims: flag({ label: 'Keep axes', help: 'Keeps the pooled axes, each of size 1.', default: false }),
      dataFormat: dataFormat(),
    },
    inputs: inputs(axes),
    digest: ({ keepdims }) => (keepdims ? ['keeps axes'] : []),
    infer({ params: { keepdims, dataFormat: format }, inputs: { in: x } }) {
      const { batch, spatial, channels } = planeOf(x, format);
      const shape = keepdims ? shapeOf({ batch, spatial: spatial.map(() => 1), channels }, format) : [batch, channels];
      return {
        output: { shape, dtype: 'float32' },
        shape: [derive('Output size', 'C', { C: channels })],
        ...fieldOf('global' as const, format),
      };
    },
    keras: { className: facts.title, ...(custom && { custom }), ...(also && { also }) },
  });
}

/** As many windows as are asked for, of sizes that fit. */
export function adaptivePooling({ axes, custom, also, ...facts }: PoolingFacts): LayerDeclaration {
  return defineLayer({
    family: 'pooling',
    ...facts,
    params: {
      outputSize: sizes({
        label: 'Output size',
        help: 'How many values each axis is pooled to.',
        symbol: 'O',
        min: 1,
        axes,
        default: twos(axes),
      }),
      dataFormat: dataFormat(),
    },
    inputs: inputs(axes),
    digest: ({ outputSize }) => [`to ${sizesDigest(outputSize)}`],
    infer({ params: { outputSize, dataFormat: format }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const fitting = outputSize.map((count, axis) => {
        const size = plane.spatial[axis] ?? count;
        return isKnown(size) ? Math.min(count, size) : count;
      });
      if (fitting.some((count, axis) => count < (outputSize[axis] ?? 1))) {
        return {
          refusal: {
            message: `${formatShape(x.shape)} cannot be divided into ${sizesDigest(outputSize)} windows.`,
            why: 'An axis has no more windows than values: pooling never makes it longer.',
            param: 'outputSize',
            repairs: [{ title: `Pool to ${sizesDigest(fitting)}`, kind: 'setParams', params: { outputSize: fitting } }],
          },
        };
      }
      const shape = sidesOf(axes).map(({ name, index }, axis) =>
        derive(`Output ${name}`, `O_${index}`, { [`O_${index}`]: outputSize[axis] ?? 1 }),
      );
      return {
        output: { shape: shapeOf({ ...plane, spatial: outputSize }, format), dtype: x.dtype },
        shape,
        ...fieldOf(adaptiveWindow(plane.spatial, outputSize), format),
      };
    },
    keras: { className: facts.title, ...(custom && { custom }), ...(also && { also }) },
  });
}

/** Window o reaches from ⌊o·H/O⌋ to ⌈(o + 1)·H/O⌉: the widest of them. */
function adaptiveWindow(spatial: readonly Dim[], counts: readonly number[]): Window | 'global' {
  if (counts.every((count) => count === 1)) return 'global';
  const sizes = spatial.filter(isKnown);
  if (sizes.length < spatial.length) return NOT_TOLD;
  const widest = (size: number, count: number): number =>
    Math.max(
      ...Array.from(
        { length: count },
        (_, at) => Math.ceil(((at + 1) * size) / count) - Math.floor((at * size) / count),
      ),
    );
  return {
    kernel: sizes.map((size, axis) => widest(size, counts[axis] ?? 1)),
    strides: sizes.map((size, axis) => size / (counts[axis] ?? 1)),
    dilation: sizes.map(() => 1),
  };
}

/** The levels of a pyramid of adaptive pooling. */
export const levels = () =>
  integers({
    label: 'Levels',
    help: 'Into how many parts each side is divided, level by level.',
    min: 1,
    max: 64,
    length: [1, 8],
    default: [1, 2, 4],
  });
