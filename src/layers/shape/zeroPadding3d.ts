import { zeroPadding } from '../shared/margins';

/** Zeros around the volume. */
export const zeroPadding3d = zeroPadding({
  type: 'zeroPadding3d',
  title: 'ZeroPadding3D',
  axes: 3,
  summary: 'Adds zeros around the volume.',
  keywords: ['pad', 'border', 'margin'],
  docs: {
    text: 'Makes the volume larger by zeros before and after each axis, so that windows reach its edge, or that it has the size another part of the network needs.',
    source: { title: 'Keras: ZeroPadding3D', url: 'https://keras.io/api/layers/reshaping_layers/zero_padding3d/' },
  },
  names: { pytorch: 'nn.ZeroPad3d', onnx: 'Pad' },
});
