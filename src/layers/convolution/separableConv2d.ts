import { separableConvolution } from './builders/separable';

/** Filters in space and mixing of channels, one after the other. Chollet 2017 (Xception). */
export const separableConv2d = separableConvolution({
  type: 'separableConv2d',
  title: 'SeparableConv2D',
  axes: 2,
  summary: 'Filters every channel of an image by itself, then mixes the channels at every pixel.',
  keywords: ['convolution', 'depthwise', 'pointwise', 'xception', 'light'],
  docs: {
    text: 'A Conv2D in two cheaper parts: first every channel is filtered over the image by itself, then a matrix mixes the channels, the same at every pixel. There is no activation between the parts. It has far fewer weights than a Conv2D of the same size and often does as well; Xception is built of it.',
    formula:
      'y_{i,j,k} = \\sigma\\Big(b_k + \\sum_{c,m} p_{cM+m,\\,k} \\sum_{u,v} w_{u,v,c,m}\\; x_{iS+uD,\\,jS+vD,\\,c}\\Big)',
    source: {
      title: 'Keras: SeparableConv2D',
      url: 'https://keras.io/api/layers/convolution_layers/separable_convolution2d/',
    },
  },
  names: { pytorch: 'nn.Conv2d (groups = channels), then nn.Conv2d of 1×1', onnx: 'Conv, then Conv' },
});
