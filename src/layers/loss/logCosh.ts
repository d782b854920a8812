import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of ln cosh(y − t), without overflow. */
export const logCosh = defineLayer({
  type: 'logCosh',
  title: 'Log-cosh',
  summary: 'Squared near the target, straight far from it, and smooth everywhere.',
  keywords: ['loss', 'regression', 'smooth'],
  docs: {
    text: 'The logarithm of the hyperbolic cosine of the error: like half its square where it is small, like its size less ln 2 where it is large, with no corner between.',
    formula: 'L = \\frac{1}{N D} \\sum_{n,d} \\ln\\cosh(y_{n,d} - t_{n,d})',
    source: { title: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  ...comparison({ target: targetField('label') }),
});
