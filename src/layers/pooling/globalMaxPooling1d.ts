import { globalPooling } from '../shared/pooling';

/** Keeps the largest value of each whole channel: one number a channel. */
export const globalMaxPooling1d = globalPooling({
  type: 'globalMaxPooling1d',
  title: 'GlobalMaxPooling1D',
  axes: 1,
  also: ['GlobalMaxPool1D'],
  summary: 'Keeps the largest value of each whole channel: one number a channel.',
  keywords: ['pool', 'max'],
  docs: {
    text: 'Replaces each channel by its largest value: whether a pattern was there, wherever it was. It has no weights and takes a sequence of any size.',
    formula: 'y_c = \\max_p x_{p,c}',
    source: {
      title: 'Keras: GlobalMaxPooling1D',
      url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling1d/',
    },
  },
  names: { pytorch: 'nn.AdaptiveMaxPool1d(1)', onnx: 'GlobalMaxPool' },
});
