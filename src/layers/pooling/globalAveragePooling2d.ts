import { globalPooling } from '../shared/pooling';

/** Takes the mean of each whole channel: one number a channel. */
export const globalAveragePooling2d = globalPooling({
  type: 'globalAveragePooling2d',
  title: 'GlobalAveragePooling2D',
  axes: 2,
  also: ['GlobalAvgPool2D'],
  summary: 'Takes the mean of each whole channel: one number a channel.',
  keywords: ['gap', 'mean', 'pool'],
  docs: {
    text: 'Replaces each channel by its mean. It has no weights, takes an image of any size, and often stands where older networks flatten.',
    formula: 'y_c = \\frac{1}{|P|} \\sum_p x_{p,c}',
    source: { title: 'Lin et al. 2013', url: 'https://arxiv.org/abs/1312.4400' },
  },
  names: { pytorch: 'nn.AdaptiveAvgPool2d(1)', onnx: 'GlobalAveragePool' },
});
