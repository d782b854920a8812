import { cropping } from '../shared/margins';

/** The sequence without its border. */
export const cropping1d = cropping({
  type: 'cropping1d',
  title: 'Cropping1D',
  axes: 1,
  summary: 'Cuts the border of the sequence off.',
  keywords: ['crop', 'cut', 'border', 'u-net'],
  docs: {
    text: 'Takes values away before and after each axis. U-Net cuts the maps of its encoder so that they fit those of its decoder.',
    source: { title: 'Keras: Cropping1D', url: 'https://keras.io/api/layers/reshaping_layers/cropping1d/' },
  },
  names: { pytorch: 'x[…, c:-c]', onnx: 'Slice' },
});
