import { windowPooling } from '../shared/pooling';

/** Takes the length of each window as a vector, so the sequence shrinks. */
export const l2NormPooling1d = windowPooling({
  type: 'l2NormPooling1d',
  title: 'L2NormPooling1D',
  axes: 1,
  custom: true,
  summary: 'Takes the length of each window as a vector, so the sequence shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'lp', 'norm'],
  docs: {
    text: 'The root of the sum of squares in each window: between mean and max pooling, it weighs strong responses more. Zeros beyond the edge add nothing.',
    formula: 'y_{p,c} = \\sqrt{\\sum_{u < F} x_{pS+u,\\,c}^2}',
    source: { title: 'Sermanet, Chintala & LeCun 2012', url: 'https://arxiv.org/abs/1204.3968' },
  },
  names: { pytorch: 'nn.LPPool1d(2)', onnx: 'LpPool' },
});
