import { convolution } from './builders/plain';

/** Slides K filters along the sequence and takes a dot product at each step. */
export const conv1d = convolution({
  type: 'conv1d',
  axes: 1,
  title: 'Conv1D',
  summary: 'Slides K filters along the sequence and takes a dot product at each step.',
  keywords: ['convolution', 'filter', 'cnn', 'temporal', 'causal', 'wavenet'],
  docs: {
    text: 'Each filter looks at F neighbouring steps, across all their channels, and gives one value for every place the window can be put. The same weights are used everywhere, so a pattern is found whenever it comes. With causal padding no step sees the future, as WaveNet needs it.',
    formula: 'y_{t,k} = \\sigma\\Big(b_k + \\sum_{u,c} w_{u,c,k}\\; x_{tS+uD,\\,c}\\Big)',
    source: { title: 'Keras: Conv1D', url: 'https://keras.io/api/layers/convolution_layers/convolution1d/' },
  },
  names: { pytorch: 'nn.Conv1d', onnx: 'Conv' },
});
