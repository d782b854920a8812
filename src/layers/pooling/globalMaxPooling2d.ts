import { globalPooling } from '../shared/pooling';

/** Keeps the largest value of each whole channel: one number a channel. */
export const globalMaxPooling2d = globalPooling({
  type: 'globalMaxPooling2d',
  title: 'GlobalMaxPooling2D',
  axes: 2,
  also: ['GlobalMaxPool2D'],
  summary: 'Keeps the largest value of each whole channel: one number a channel.',
  keywords: ['pool', 'max'],
  docs: {
    text: 'Replaces each channel by its largest value: whether a pattern was there, wherever it was. It has no weights and takes an image of any size.',
    formula: 'y_c = \\max_p x_{p,c}',
    source: {
      title: 'Keras: GlobalMaxPooling2D',
      url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling2d/',
    },
  },
  names: { pytorch: 'nn.AdaptiveMaxPool2d(1)', onnx: 'GlobalMaxPool' },
});
