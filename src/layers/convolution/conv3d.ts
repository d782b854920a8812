import { convolution } from './builders/plain';

/** Slides K filters through a volume, such as a scan or a short film. */
export const conv3d = convolution({
  type: 'conv3d',
  axes: 3,
  title: 'Conv3D',
  summary: 'Slides K filters through a volume, such as a scan or a short film.',
  keywords: ['convolution', 'filter', 'cnn', 'volume', 'video'],
  docs: {
    text: 'Each filter looks at a small box of the volume, across all its channels, and gives one value for every place the box can be put. In a film the first axis is time, so a filter sees motion.',
    formula: 'y_{l,i,j,k} = \\sigma\\Big(b_k + \\sum_{s,u,v,c} w_{s,u,v,c,k}\\; x_{lS+sD,\\,iS+uD,\\,jS+vD,\\,c}\\Big)',
    source: { title: 'Keras: Conv3D', url: 'https://keras.io/api/layers/convolution_layers/convolution3d/' },
  },
  names: { pytorch: 'nn.Conv3d', onnx: 'Conv' },
});
