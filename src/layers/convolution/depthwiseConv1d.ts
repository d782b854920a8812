import { depthwiseConvolution } from './builders/depthwise';

/** Every feature of a sequence has its own filters. Kaiser, Gomez & Chollet 2017. */
export const depthwiseConv1d = depthwiseConvolution({
  type: 'depthwiseConv1d',
  title: 'DepthwiseConv1D',
  axes: 1,
  summary: 'Slides filters of length F along a sequence, M for each feature by itself.',
  keywords: ['convolution', 'depthwise', 'sequence', 'conformer', 'light'],
  docs: {
    text: 'Every feature of the sequence is filtered by itself; nothing passes from one feature to another. It needs C times fewer weights than a Conv1D and finds patterns in time only, so a layer that mixes the features, such as a Dense, usually follows. Speech models such as the Conformer are built of it.',
    formula: 'y_{t,\\,cM+m} = \\sigma\\Big(b_{cM+m} + \\sum_{u} w_{u,c,m}\\; x_{tS+uD,\\,c}\\Big)',
    source: {
      title: 'Keras: DepthwiseConv1D',
      url: 'https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/',
    },
  },
  names: { pytorch: 'nn.Conv1d (groups = channels)', onnx: 'Conv' },
});
