import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of max(0, 1 + the largest wrong score − the right one). */
export const categoricalHinge = defineLayer({
  type: 'categoricalHinge',
  title: 'Categorical hinge',
  summary: 'The right class must beat every other by a margin.',
  keywords: ['loss', 'svm', 'margin', 'multiclass'],
  docs: {
    text: 'For several classes with a score each: the right one should be at least one larger than the largest of the others; what is missing is the loss.',
    formula: 'L = \\frac1N \\sum_n \\max\\Big(0,\\; 1 + \\max_{k \\ne t_n} y_{n,k} - y_{n,t_n}\\Big)',
    source: { title: 'Keras: hinge losses', url: 'https://keras.io/api/losses/hinge_losses/' },
  },
  names: { pytorch: 'nn.MultiMarginLoss' },
  ...comparison({ target: targetField('label') }),
});
