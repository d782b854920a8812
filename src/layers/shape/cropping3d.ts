import { cropping } from '../shared/margins';

/** The volume without its border. */
export const cropping3d = cropping({
  type: 'cropping3d',
  title: 'Cropping3D',
  axes: 3,
  summary: 'Cuts the border of the volume off.',
  keywords: ['crop', 'cut', 'border', 'u-net'],
  docs: {
    text: 'Takes values away before and after each axis. U-Net cuts the maps of its encoder so that they fit those of its decoder.',
    source: { title: 'Keras: Cropping3D', url: 'https://keras.io/api/layers/reshaping_layers/cropping3d/' },
  },
  names: { pytorch: 'x[…, c:-c]', onnx: 'Slice' },
});
