import { zeroPadding } from '../shared/margins';

/** Zeros around the sequence. */
export const zeroPadding1d = zeroPadding({
  type: 'zeroPadding1d',
  title: 'ZeroPadding1D',
  axes: 1,
  summary: 'Adds zeros around the sequence.',
  keywords: ['pad', 'border', 'margin'],
  docs: {
    text: 'Makes the sequence larger by zeros before and after each axis, so that windows reach its edge, or that it has the size another part of the network needs.',
    source: { title: 'Keras: ZeroPadding1D', url: 'https://keras.io/api/layers/reshaping_layers/zero_padding1d/' },
  },
  names: { pytorch: 'nn.ZeroPad1d', onnx: 'Pad' },
});
