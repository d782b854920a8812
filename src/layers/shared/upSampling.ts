/** Up-sampling over one, two or three axes: all but the word. */
import { defineLayer, type LayerDeclaration, type LayerDocs, type Window } from '../declaration';
import { derive } from '../formula';
import { choice, inKeras, type ParamSpec, sizes } from '../params';
import { dataFormat, fieldOf, planeOf, shapeOf, sidesOf, sizesDigest } from './window';

interface Facts {
  type: string;
  title: string;
  axes: 1 | 2 | 3;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch?: string; onnx?: string };
}

const PORTS = { 1: 'Sequence', 2: 'Image', 3: 'Volume' } as const;

/** Keras writes the one factor of a sequence bare. */
const factors = (axes: 1 | 2 | 3): ParamSpec<readonly number[]> =>
  inKeras(
    sizes({
      label: 'Factor',
      help: 'How many times as long each axis becomes.',
      symbol: 'S',
      min: 1,
      max: 1000,
      axes,
      default: Array.from({ length: axes }, () => 2),
    }),
    { write: (value) => (axes === 1 ? (value[0] ?? 1) : [...value]), read: (json) => json },
  );

export const interpolation = (fallback: 'nearest' | 'bilinear') =>
  choice({
    label: 'Between values',
    help: '“nearest” says each value again; “bilinear” goes straight from one to the next.',
    default: fallback,
    options: { nearest: 'nearest', bilinear: 'bilinear' },
  });

/**
 * What values see that are put between others: the nearest one, or the two beside it.
 * @param scales steps of the input from one value to the next
 */
export function between(bilinear: boolean, scales: readonly number[]): Window {
  const first = (scale: number): number => Math.floor(bilinear ? scale / 2 - 0.5 : scale / 2);
  return {
    kernel: scales.map((scale) => (bilinear && scale !== 1 ? 2 : 1)),
    strides: scales,
    dilation: scales.map(() => 1),
    // No −0, which is not the same as 0 to everyone.
    before: scales.map((scale) => 0 - first(scale)),
  };
}

export function upSampling({ axes, ...facts }: Facts): LayerDeclaration {
  // Keras's UpSampling1D knows channels last only, and only images are interpolated.
  const formats: { dataFormat?: ReturnType<typeof dataFormat> } = axes === 1 ? {} : { dataFormat: dataFormat() };
  const ways: { interpolation?: ReturnType<typeof interpolation> } =
    axes === 2 ? { interpolation: interpolation('nearest') } : {};
  return defineLayer({
    family: 'shape',
    ...facts,
    params: { size: factors(axes), ...ways, ...formats },
    inputs: { in: { title: PORTS[axes], rank: [axes + 2] } },
    digest: ({ size, interpolation: way }) => [`×${sizesDigest(size)}`, ...(way === 'bilinear' ? [way] : [])],
    infer({ params: { size, dataFormat: format, interpolation: way }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const shape = sidesOf(axes).map(({ name, letter, index }, axis) =>
        derive(`Output ${name}`, `${letter}·S_${index}`, {
          [letter]: plane.spatial[axis] ?? 1,
          [`S_${index}`]: size[axis] ?? 1,
        }),
      );
      const spatial = shape.map(({ result }) => result);
      const scales = size.map((factor) => 1 / factor);
      return {
        output: { shape: shapeOf({ ...plane, spatial }, format), dtype: x.dtype },
        shape,
        ...fieldOf(between(way === 'bilinear', scales), format),
      };
    },
    keras: { className: facts.title },
  });
}
