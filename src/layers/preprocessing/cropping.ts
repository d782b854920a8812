/** Cutting images to a size: all but where. */
import { defineLayer, type LayerDeclaration, type LayerDocs } from '../declaration';
import { formatShape, isKnown } from '../dimension';
import { integer } from '../params';
import { dataFormat, fieldOf, planeOf, shapeOf, shifted } from '../shared/window';
import { image } from './settings';

interface Facts {
  type: string;
  title: string;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
}

export const cropping = (facts: Facts): LayerDeclaration =>
  defineLayer({
    family: 'preprocessing',
    ...facts,
    params: {
      height: integer({ label: 'Height', help: 'In pixels.', symbol: 'H', min: 1, max: 100_000, default: 24 }),
      width: integer({ label: 'Width', help: 'In pixels.', symbol: 'W', min: 1, max: 100_000, default: 24 }),
      dataFormat: dataFormat(),
    },
    inputs: image,
    digest: ({ height, width }) => [`${height}×${width}`],
    infer({ params: { height, width, dataFormat: format }, inputs: { in: x } }) {
      const plane = planeOf(x, format);
      const wanted = [height, width];
      const fitting = wanted.map((size, axis) => {
        const whole = plane.spatial[axis] ?? size;
        return isKnown(whole) ? Math.min(size, whole) : size;
      });
      if (fitting.some((size, axis) => size < (wanted[axis] ?? 1))) {
        return {
          refusal: {
            message: `${wanted.join('×')} pixels cannot be cut out of ${formatShape(x.shape)}.`,
            why: 'What is cut out is no larger than the image.',
            param: 'height',
            repairs: [
              {
                title: `Keep ${fitting.join('×')}`,
                kind: 'setParams',
                params: { height: fitting[0] ?? 1, width: fitting[1] ?? 1 },
              },
              {
                title: 'Bring the image to a size first',
                kind: 'insertBefore',
                port: 'in',
                layers: [{ type: 'resizing', params: { height, width } }],
              },
            ],
          },
        };
      }
      // When predicting, it is the middle that is kept.
      const before = wanted.map((size, axis) => {
        const whole = plane.spatial[axis] ?? size;
        return isKnown(whole) ? 0 - Math.floor((whole - size) / 2) : null;
      });
      return {
        output: { shape: shapeOf({ ...plane, spatial: wanted }, format), dtype: x.dtype },
        ...fieldOf(shifted(before), format),
      };
    },
    keras: { className: facts.title },
  });
