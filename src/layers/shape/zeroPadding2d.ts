import { zeroPadding } from '../shared/margins';

/** Zeros around the image. */
export const zeroPadding2d = zeroPadding({
  type: 'zeroPadding2d',
  title: 'ZeroPadding2D',
  axes: 2,
  summary: 'Adds zeros around the image.',
  keywords: ['pad', 'border', 'margin'],
  docs: {
    text: 'Makes the image larger by zeros before and after each axis, so that windows reach its edge, or that it has the size another part of the network needs.',
    source: { title: 'Keras: ZeroPadding2D', url: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/' },
  },
  names: { pytorch: 'nn.ZeroPad2d', onnx: 'Pad' },
});
