/** Up-sampling over one, two or three axes: all but the word. */
import { defineLayer, type LayerDeclaration, type LayerDocs } from '../declaration';
import { derive } from '../formula';
import { choice, inKeras, type ParamSpec, sizes } from '../params';
import { dataFormat, planeOf, shapeOf, sidesOf, sizesDigest } from './window';

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
    infer({ params: { size, dataFormat: format }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const shape = sidesOf(axes).map(({ name, letter, index }, axis) =>
        derive(`Output ${name}`, `${letter}·S_${index}`, {
          [letter]: plane.spatial[axis] ?? 1,
          [`S_${index}`]: size[axis] ?? 1,
        }),
      );
      const spatial = shape.map(({ result }) => result);
      return { output: { shape: shapeOf({ ...plane, spatial }, format), dtype: x.dtype }, shape };
    },
    keras: { className: facts.title },
  });
}
