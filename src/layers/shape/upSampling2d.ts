import { upSampling } from '../shared/upSampling';

/** Every value several times along each axis. */
export const upSampling2d = upSampling({
  type: 'upSampling2d',
  title: 'UpSampling2D',
  axes: 2,
  summary: 'Makes the image larger by saying each value several times.',
  keywords: ['upsample', 'enlarge', 'decoder', 'nearest'],
  docs: {
    text: 'Makes the image larger without any weights: each value is repeated, or what lies between values is filled in. Followed by a convolution, it does what a transposed convolution does, without the checkerboard.',
    formula: 'y_{p,c} = x_{\\lfloor p/S \\rfloor,\\,c}',
    source: { title: 'Keras: UpSampling2D', url: 'https://keras.io/api/layers/reshaping_layers/up_sampling2d/' },
  },
  names: { pytorch: 'nn.Upsample', onnx: 'Resize' },
});
