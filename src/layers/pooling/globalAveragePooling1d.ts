import { globalPooling } from '../shared/pooling';

/** Takes the mean of each whole channel: one number a channel. */
export const globalAveragePooling1d = globalPooling({
  type: 'globalAveragePooling1d',
  title: 'GlobalAveragePooling1D',
  axes: 1,
  also: ['GlobalAvgPool1D'],
  summary: 'Takes the mean of each whole channel: one number a channel.',
  keywords: ['gap', 'mean', 'pool'],
  docs: {
    text: 'Replaces each channel by its mean. It has no weights, takes a sequence of any size, and often stands where older networks flatten. Steps that are marked as padding are not counted.',
    formula: 'y_c = \\frac{1}{|P|} \\sum_p x_{p,c}',
    source: { title: 'Lin et al. 2013', url: 'https://arxiv.org/abs/1312.4400' },
  },
  names: { pytorch: 'nn.AdaptiveAvgPool1d(1)', onnx: 'GlobalAveragePool' },
});
