/** What the layers that shrink axes to one value share. */
import { defineLayer, type Inferred, type LayerDeclaration, type LayerDocs } from '../declaration';
import { product } from '../dimension';
import { derive } from '../formula';
import { flag, integers, type ParamSpecs } from '../params';
import { NOT_TOLD } from '../shared/window';
import { axesOf } from './samePlace';

interface Facts {
  type: string;
  title: string;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch: string; onnx: string };
  className: string;
  /** Hyperparameters besides the axes, which the shape does not depend on. */
  params?: ParamSpecs;
}

export const reduces = ({ params, className, ...facts }: Facts): LayerDeclaration =>
  defineLayer({
    ...facts,
    family: 'maths',
    params: {
      ...(params as object),
      axes: integers({
        label: 'Axes',
        help: 'The axes that become one value, counted with the batch as 0; −1 is the last.',
        min: -7,
        max: 7,
        default: [-1],
      }),
      keepdims: flag({ label: 'Keep axes', help: 'Keeps the axes, with size 1.', default: false }),
    },
    inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
    digest: ({ axes }) => [`axes ${axes.join(', ')}`.replaceAll('-', '−')],
    infer({ params: { axes, keepdims }, inputs: { in: x } }) {
      const found = axesOf(x, axes, 'axes');
      if ('refusal' in found) return found;
      const shape = keepdims
        ? x.shape.map((size, axis) => (found.axes.includes(axis) ? 1 : size))
        : x.shape.filter((_, axis) => !found.axes.includes(axis));
      return {
        // One number for a sample is a row of one.
        output: { shape: shape.length === 1 ? [...shape, 1] : shape, dtype: 'float32' },
        ...seen(found.axes, x.shape.length),
        shape: [derive('Values in each result', 'n', { n: product(found.axes.map((axis) => x.shape[axis] ?? 1)) })],
      };
    },
    keras: { className, custom: true },
  });

/** Over all places, a value sees all of them; over some axes of an image, no box of it. Over the channels, as before. */
function seen(axes: readonly number[], rank: number): Pick<Inferred, 'window'> {
  const places = rank === 2 ? [1] : Array.from({ length: rank - 2 }, (_, at) => at + 1);
  const reduced = places.filter((axis) => axes.includes(axis));
  if (reduced.length === 0) return {};
  return { window: reduced.length === places.length ? 'global' : NOT_TOLD };
}
