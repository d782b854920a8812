import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of 100·|y − t|/|t|. */
export const meanAbsolutePercentageError = defineLayer({
  type: 'meanAbsolutePercentageError',
  title: 'Mean absolute percentage error',
  summary: 'The mean distance as a percentage of the target.',
  keywords: ['loss', 'mape', 'regression'],
  docs: {
    text: 'Measures each error against the size of its target, in percent, so small targets count as much as large ones. Targets near zero make it explode.',
    formula: 'L = \\frac{100}{N D} \\sum_{n,d} \\frac{|y_{n,d} - t_{n,d}|}{|t_{n,d}|}',
    source: { title: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  ...comparison({ target: targetField('label') }),
});
