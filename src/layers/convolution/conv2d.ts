import { convolution } from './builders/plain';

/** Slides K filters of F×F over the image and takes a dot product at each step. */
export const conv2d = convolution({
  type: 'conv2d',
  axes: 2,
  title: 'Conv2D',
  summary: 'Slides K filters of F×F over the image and takes a dot product at each step.',
  keywords: ['convolution', 'filter', 'cnn', 'feature map'],
  docs: {
    text: 'Each filter looks at a small window of the image, across all its channels, and gives one value for every place the window can be put: a feature map. The same weights are used everywhere, so a pattern is found wherever it is. With groups, the channels are split and each group of filters sees its own part only.',
    formula: 'y_{i,j,k} = \\sigma\\Big(b_k + \\sum_{u,v,c} w_{u,v,c,k}\\; x_{iS+uD,\\,jS+vD,\\,c}\\Big)',
    source: { title: 'Keras: Conv2D', url: 'https://keras.io/api/layers/convolution_layers/convolution2d/' },
  },
  names: { pytorch: 'nn.Conv2d', onnx: 'Conv' },
});
