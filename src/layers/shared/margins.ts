/** Zero padding and cropping over one, two or three axes: all but the word. */
import { defineLayer, type LayerDeclaration, type LayerDocs } from '../declaration';
import { formatShape, isKnown } from '../dimension';
import { derive } from '../formula';
import { inKeras, type Margin, margins, type ParamSpec } from '../params';
import { dataFormat, fieldOf, planeOf, shapeOf, shifted, sidesOf } from './window';

export type Axes = 1 | 2 | 3;

interface Facts {
  type: string;
  title: string;
  axes: Axes;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch?: string; onnx?: string };
}

const PORTS = { 1: 'Sequence', 2: 'Image', 3: 'Volume' } as const;

/** Keras writes the one axis of a sequence without the list around it. */
const sides = (label: string, help: string, axes: Axes): ParamSpec<readonly Margin[]> => {
  const spec = margins({ label, help, axes, default: Array.from({ length: axes }, () => [1, 1] as const) });
  return inKeras(spec, {
    write: (value) => (axes === 1 ? [...(value[0] ?? [0, 0])] : value.map((margin) => [...margin])),
    read: (json) => json,
  });
};

/** `2`, or `1+0×2`: before and after each axis. */
const digest = (value: readonly Margin[]): string[] => {
  const texts = value.map(([before, after]) => (before === after ? String(before) : `${before}+${after}`));
  return [texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join('×')];
};

export function zeroPadding({ axes, ...facts }: Facts): LayerDeclaration {
  return defineLayer({
    family: 'shape',
    ...facts,
    docs: { formula: 'y_p = x_{\\,p - P_{\\text{before}}} \\text{ within the input, else } 0', ...facts.docs },
    params: { padding: sides('Padding', 'Zeros before and after each axis.', axes), dataFormat: dataFormat() },
    inputs: { in: { title: PORTS[axes], rank: [axes + 2] } },
    digest: ({ padding }) => digest(padding),
    infer({ params: { padding, dataFormat: format }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const shape = sidesOf(axes).map(({ name, letter }, axis) => {
        const [before, after] = padding[axis] ?? [0, 0];
        return derive(`Output ${name}`, `${letter} + P_before + P_after`, {
          [letter]: plane.spatial[axis] ?? 1,
          P_before: before,
          P_after: after,
        });
      });
      const spatial = shape.map(({ result }) => result);
      return {
        output: { shape: shapeOf({ ...plane, spatial }, format), dtype: x.dtype },
        shape,
        ...fieldOf(shifted(padding.map(([before]) => before)), format),
      };
    },
    keras: { className: facts.title },
  });
}

export function cropping({ axes, ...facts }: Facts): LayerDeclaration {
  // Keras's Cropping1D knows channels last only.
  const formats: { dataFormat?: ReturnType<typeof dataFormat> } = axes === 1 ? {} : { dataFormat: dataFormat() };
  return defineLayer({
    family: 'shape',
    ...facts,
    docs: { formula: 'y_p = x_{\\,p + C_{\\text{before}}}', ...facts.docs },
    params: { cropping: sides('Cropping', 'What is cut off before and after each axis.', axes), ...formats },
    inputs: { in: { title: PORTS[axes], rank: [axes + 2] } },
    digest: ({ cropping: cut }) => digest(cut),
    infer({ params: { cropping: cut, dataFormat: format }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const gone = plane.spatial.some((size, axis) => {
        const [before, after] = cut[axis] ?? [0, 0];
        return isKnown(size) && before + after >= size;
      });
      if (gone) {
        return {
          refusal: {
            message: `Cutting ${digest(cut)[0]} off leaves nothing of ${formatShape(x.shape)}.`,
            why: 'At least one value must stay along each axis.',
            param: 'cropping',
            repairs: [{ title: 'Cut nothing off', kind: 'setParams', params: { cropping: 0 } }],
          },
        };
      }
      const shape = sidesOf(axes).map(({ name, letter }, axis) => {
        const [before, after] = cut[axis] ?? [0, 0];
        return derive(`Output ${name}`, `${letter} − C_before − C_after`, {
          [letter]: plane.spatial[axis] ?? 1,
          C_before: before,
          C_after: after,
        });
      });
      const spatial = shape.map(({ result }) => result);
      return {
        output: { shape: shapeOf({ ...plane, spatial }, format), dtype: x.dtype },
        shape,
        ...fieldOf(shifted(cut.map(([before]) => 0 - before)), format),
      };
    },
    keras: { className: facts.title },
  });
}
