import { upSampling } from '../shared/upSampling';

/** Every value several times along each axis. */
export const upSampling1d = upSampling({
  type: 'upSampling1d',
  title: 'UpSampling1D',
  axes: 1,
  summary: 'Makes the sequence larger by saying each value several times.',
  keywords: ['upsample', 'enlarge', 'decoder', 'nearest'],
  docs: {
    text: 'Makes the sequence larger without any weights: each value is repeated. Followed by a convolution, it does what a transposed convolution does, without the checkerboard.',
    formula: 'y_{p,c} = x_{\\lfloor p/S \\rfloor,\\,c}',
    source: { title: 'Keras: UpSampling1D', url: 'https://keras.io/api/layers/reshaping_layers/up_sampling1d/' },
  },
  names: { pytorch: 'nn.Upsample', onnx: 'Resize' },
});
