import { windowPooling } from '../shared/pooling';

/** Keeps the smallest value of each window, so the sequence shrinks. */
export const minPooling1d = windowPooling({
  type: 'minPooling1d',
  title: 'MinPooling1D',
  axes: 1,
  custom: true,
  summary: 'Keeps the smallest value of each window, so the sequence shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'minimum', 'erosion'],
  docs: {
    text: 'Shrinks the sequence by keeping the weakest response in each window: dark lines on a bright ground survive it. The same as max pooling of the negative, made negative again.',
    formula: 'y_{p,c} = \\min_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Dumoulin & Visin 2016', url: 'https://arxiv.org/abs/1603.07285' },
  },
  names: { pytorch: '-F.max_pool(-x)' },
});
