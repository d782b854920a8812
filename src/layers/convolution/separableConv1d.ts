import { separableConvolution } from './builders/separable';

/** Filters in time and mixing of features, one after the other. Kaiser, Gomez & Chollet 2017. */
export const separableConv1d = separableConvolution({
  type: 'separableConv1d',
  title: 'SeparableConv1D',
  axes: 1,
  summary: 'Filters every feature of a sequence by itself, then mixes the features at every step.',
  keywords: ['convolution', 'depthwise', 'pointwise', 'sequence', 'light'],
  docs: {
    text: 'A Conv1D in two cheaper parts: first every feature is filtered along the sequence by itself, then a matrix mixes the features, the same at every step. There is no activation between the parts. It has far fewer weights than a Conv1D of the same size and often does as well.',
    formula: 'y_{t,k} = \\sigma\\Big(b_k + \\sum_{c,m} p_{cM+m,\\,k} \\sum_{u} w_{u,c,m}\\; x_{tS+uD,\\,c}\\Big)',
    source: {
      title: 'Keras: SeparableConv1D',
      url: 'https://keras.io/api/layers/convolution_layers/separable_convolution1d/',
    },
  },
  names: { pytorch: 'nn.Conv1d (groups = channels), then nn.Conv1d of length 1', onnx: 'Conv, then Conv' },
});
