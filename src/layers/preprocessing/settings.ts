/** What layers that change images while training have in common. */
import type { LayerSpec } from '../declaration';
import { choice, inKeras, type ParamSpec, type ParamSpecs, real, reals } from '../params';
import { dataFormat } from '../shared/window';

export const image = { in: { title: 'Image', rank: [4] } } as const;

/** From and to; Keras lets one number stand for both sides of zero. */
export const span = (label: string, help: string, fallback: readonly [number, number]): ParamSpec<readonly number[]> =>
  inKeras(reals<readonly number[]>({ label, help, min: -100, max: 100, length: [2, 2], default: fallback }), {
    write: (value) => [...value],
    read: (json) => (typeof json === 'number' ? [-json, json] : json),
  });

/** As `span`, or null for "as another says". */
export const optionalSpan = (label: string, help: string, empty: string): ParamSpec<readonly number[] | null> =>
  inKeras(reals<readonly number[] | null>({ label, help, empty, min: -100, max: 100, length: [2, 2], default: null }), {
    write: (value) => value && [...value],
    read: (json) => (typeof json === 'number' ? [-json, json] : json),
  });

/** What lies beyond the edge, and how values between pixels are found. */
export const samplingParams = () => ({
  fillMode: choice({
    label: 'Beyond the edge',
    help: 'What is seen where the image has moved away.',
    default: 'reflect',
    options: { reflect: 'the image mirrored', wrap: 'the image again', nearest: 'the edge', constant: 'one value' },
    advanced: true,
  }),
  fillValue: real({
    label: 'Fill value',
    help: 'The one value beyond the edge.',
    min: -1_000_000,
    default: 0,
    advanced: true,
  }),
  interpolation: choice({
    label: 'Between pixels',
    help: 'Straight from one pixel to the next, or the nearest one.',
    default: 'bilinear',
    options: { bilinear: 'bilinear', nearest: 'nearest' },
    advanced: true,
  }),
  dataFormat: dataFormat(),
});

/** The range of a pixel's values, to stay within. */
export const valueRange = (): ParamSpec<readonly number[]> =>
  reals<readonly number[]>({
    label: 'Value range',
    help: 'The smallest and the largest value of a pixel: 0, 255 for bytes, 0, 1 for images that are rescaled.',
    length: [2, 2],
    default: [0, 255],
  });

type Inputs = typeof image;

/** A layer that changes what it sees while training, and passes it on as it is otherwise. */
export const whileTraining = <S extends ParamSpecs>(): Pick<
  LayerSpec<S, Inputs>,
  'inputs' | 'keepsShape' | 'infer'
> => ({
  inputs: image,
  keepsShape: true,
  infer: ({ inputs: { in: x } }) => ({ output: { shape: x.shape, dtype: 'float32' } }),
});
