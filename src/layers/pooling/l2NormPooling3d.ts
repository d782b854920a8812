import { windowPooling } from '../shared/pooling';

/** Takes the length of each window as a vector, so the volume shrinks. */
export const l2NormPooling3d = windowPooling({
  type: 'l2NormPooling3d',
  title: 'L2NormPooling3D',
  axes: 3,
  custom: true,
  summary: 'Takes the length of each window as a vector, so the volume shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'lp', 'norm'],
  docs: {
    text: 'The root of the sum of squares in each window: between mean and max pooling, it weighs strong responses more. Zeros beyond the edge add nothing.',
    formula: 'y_{p,c} = \\sqrt{\\sum_{u < F} x_{pS+u,\\,c}^2}',
    source: { title: 'Sermanet, Chintala & LeCun 2012', url: 'https://arxiv.org/abs/1204.3968' },
  },
  names: { pytorch: 'nn.LPPool3d(2)', onnx: 'LpPool' },
});
