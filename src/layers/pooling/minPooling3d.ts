import { windowPooling } from '../shared/pooling';

/** Keeps the smallest value of each window, so the volume shrinks. */
export const minPooling3d = windowPooling({
  type: 'minPooling3d',
  title: 'MinPooling3D',
  axes: 3,
  custom: true,
  summary: 'Keeps the smallest value of each window, so the volume shrinks.',
  keywords: ['subsample', 'downsample', 'pool', 'minimum', 'erosion'],
  docs: {
    text: 'Shrinks the volume by keeping the weakest response in each window: dark lines on a bright ground survive it. The same as max pooling of the negative, made negative again.',
    formula: 'y_{p,c} = \\min_{u < F} x_{pS+u,\\,c}',
    source: { title: 'Dumoulin & Visin 2016', url: 'https://arxiv.org/abs/1603.07285' },
  },
  names: { pytorch: '-F.max_pool(-x)' },
});
