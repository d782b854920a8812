import { defineLayer } from '../declaration';
import { derive } from '../formula';
import { flag } from '../params';

/** One mean for each channel. Lin et al. 2013, Network in Network. */
export const globalAveragePooling2d = defineLayer({
  type: 'globalAveragePooling2d',
  title: 'GlobalAveragePooling2D',
  family: 'pooling',
  summary: 'Takes the mean of each whole channel: one number a channel.',
  keywords: ['gap', 'mean', 'pool'],
  docs: {
    text: 'Replaces each feature map by its mean. It has no weights, takes images of any size, and often stands where older networks flatten.',
    formula: 'y_c = \\frac{1}{H W} \\sum_{i,j} x_{i,j,c}',
    source: {
      title: 'Keras: GlobalAveragePooling2D',
      url: 'https://keras.io/api/layers/pooling_layers/global_average_pooling2d/',
    },
  },
  params: {
    keepdims: flag({ label: 'Keep axes', help: 'Gives 1×1×C instead of C.', default: false }),
  },
  inputs: { in: { title: 'Image', rank: [4] } },
  digest: ({ keepdims }) => (keepdims ? ['keeps axes'] : []),
  infer({ params: { keepdims }, inputs: { in: x } }) {
    const [batch = 1, , , channels = 1] = x.shape;
    return {
      output: { shape: keepdims ? [batch, 1, 1, channels] : [batch, channels], dtype: 'float32' },
      shape: [derive('Output size', 'C', { C: channels })],
      window: 'global',
    };
  },
  names: { pytorch: 'nn.AdaptiveAvgPool2d(1)', onnx: 'GlobalAveragePool' },
  keras: { className: 'GlobalAveragePooling2D', fixed: { data_format: 'channels_last' } },
});
