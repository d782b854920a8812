import { cropping } from '../shared/margins';

/** The image without its border. */
export const cropping2d = cropping({
  type: 'cropping2d',
  title: 'Cropping2D',
  axes: 2,
  summary: 'Cuts the border of the image off.',
  keywords: ['crop', 'cut', 'border', 'u-net'],
  docs: {
    text: 'Takes values away before and after each axis. U-Net cuts the maps of its encoder so that they fit those of its decoder.',
    source: { title: 'Keras: Cropping2D', url: 'https://keras.io/api/layers/reshaping_layers/cropping2d/' },
  },
  names: { pytorch: 'x[…, c:-c]', onnx: 'Slice' },
});
