import { upSampling } from '../shared/upSampling';

/** Every value several times along each axis. */
export const upSampling3d = upSampling({
  type: 'upSampling3d',
  title: 'UpSampling3D',
  axes: 3,
  summary: 'Makes the volume larger by saying each value several times.',
  keywords: ['upsample', 'enlarge', 'decoder', 'nearest'],
  docs: {
    text: 'Makes the volume larger without any weights: each value is repeated. Followed by a convolution, it does what a transposed convolution does, without the checkerboard.',
    formula: 'y_{p,c} = x_{\\lfloor p/S \\rfloor,\\,c}',
    source: { title: 'Keras: UpSampling3D', url: 'https://keras.io/api/layers/reshaping_layers/up_sampling3d/' },
  },
  names: { pytorch: 'nn.Upsample', onnx: 'Resize' },
});
