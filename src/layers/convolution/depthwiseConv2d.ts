import { depthwiseConvolution } from './builders/depthwise';

/** Every channel of an image has its own filters. Howard et al. 2017 (MobileNet). */
export const depthwiseConv2d = depthwiseConvolution({
  type: 'depthwiseConv2d',
  title: 'DepthwiseConv2D',
  axes: 2,
  summary: 'Slides F×F filters over an image, M for each channel by itself.',
  keywords: ['convolution', 'depthwise', 'mobilenet', 'efficientnet', 'light'],
  docs: {
    text: 'Every channel is filtered by itself; nothing passes from one channel to another. It needs C times fewer weights and multiplications than a Conv2D and finds spatial patterns only, so a 1×1 convolution that mixes the channels usually follows. MobileNet and EfficientNet are built of this pair.',
    formula: 'y_{i,j,\\,cM+m} = \\sigma\\Big(b_{cM+m} + \\sum_{u,v} w_{u,v,c,m}\\; x_{iS+uD,\\,jS+vD,\\,c}\\Big)',
    source: {
      title: 'Keras: DepthwiseConv2D',
      url: 'https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/',
    },
  },
  names: { pytorch: 'nn.Conv2d (groups = channels)', onnx: 'Conv' },
});
