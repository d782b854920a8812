import { globalPooling } from '../shared/pooling';

/** Keeps the largest value of each whole channel: one number a channel. */
export const globalMaxPooling3d = globalPooling({
  type: 'globalMaxPooling3d',
  title: 'GlobalMaxPooling3D',
  axes: 3,
  also: ['GlobalMaxPool3D'],
  summary: 'Keeps the largest value of each whole channel: one number a channel.',
  keywords: ['pool', 'max'],
  docs: {
    text: 'Replaces each channel by its largest value: whether a pattern was there, wherever it was. It has no weights and takes a volume of any size.',
    formula: 'y_c = \\max_p x_{p,c}',
    source: {
      title: 'Keras: GlobalMaxPooling3D',
      url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling3d/',
    },
  },
  names: { pytorch: 'nn.AdaptiveMaxPool3d(1)', onnx: 'GlobalMaxPool' },
});
