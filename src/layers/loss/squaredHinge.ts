import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of max(0, 1 − t·y)² with t = ±1. */
export const squaredHinge = defineLayer({
  type: 'squaredHinge',
  title: 'Squared hinge',
  summary: 'The hinge, squared: gentle near the margin, hard far from it.',
  keywords: ['loss', 'svm', 'margin', 'binary'],
  docs: {
    text: 'As the hinge, but what falls short counts by its square. Labels 0 and 1 are taken as −1 and 1.',
    formula: 'L = \\frac1N \\sum_n \\max(0,\\, 1 - t_n y_n)^2, \\quad t_n = \\pm 1',
    source: { title: 'Keras: hinge losses', url: 'https://keras.io/api/losses/hinge_losses/' },
  },
  ...comparison({ target: targetField('label') }),
});
