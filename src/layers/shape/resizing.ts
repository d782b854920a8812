import { defineLayer } from '../declaration';
import { isKnown } from '../dimension';
import { integer } from '../params';
import { between, interpolation } from '../shared/upSampling';
import { dataFormat, fieldOf, NOT_TOLD, planeOf, shapeOf } from '../shared/window';

/** An image brought to a given size. */
export const resizing = defineLayer({
  type: 'resizing',
  title: 'Resizing',
  family: 'shape',
  summary: 'Brings images of any size to one size.',
  keywords: ['resize', 'scale', 'interpolate'],
  docs: {
    text: 'Makes every image as high and wide as you say, larger or smaller, by interpolation between its pixels. Pixels are taken as little squares, so the image keeps its place.',
    formula: 'y_p = x\\Big(\\big(p + \\tfrac12\\big)\\,\\frac{H_{\\text{in}}}{H} - \\tfrac12\\Big)',
    source: {
      title: 'Keras: Resizing',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/',
    },
  },
  names: { pytorch: 'F.interpolate', onnx: 'Resize' },
  params: {
    height: integer({ label: 'Height', help: 'In pixels.', symbol: 'H', min: 1, max: 100_000, default: 32 }),
    width: integer({ label: 'Width', help: 'In pixels.', symbol: 'W', min: 1, max: 100_000, default: 32 }),
    interpolation: interpolation('bilinear'),
    dataFormat: dataFormat(),
  },
  inputs: { in: { title: 'Image', rank: [4] } },
  digest: ({ height, width }) => [`${height}×${width}`],
  infer({ params: { height, width, interpolation: way, dataFormat: format }, inputs: { in: x } }) {
    const plane = planeOf(x, format);
    const sizes = plane.spatial.filter(isKnown);
    const scales = sizes.map((size, axis) => size / (axis === 0 ? height : width));
    return {
      output: { shape: shapeOf({ ...plane, spatial: [height, width] }, format), dtype: 'float32' },
      ...fieldOf(sizes.length === 2 ? between(way === 'bilinear', scales) : NOT_TOLD, format),
    };
  },
  keras: {
    className: 'Resizing',
    fixed: {
      crop_to_aspect_ratio: false,
      pad_to_aspect_ratio: false,
      fill_mode: 'constant',
      fill_value: 0,
      antialias: false,
    },
  },
});
