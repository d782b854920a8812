import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of |y − t| over all values. */
export const meanAbsoluteError = defineLayer({
  type: 'meanAbsoluteError',
  title: 'Mean absolute error',
  summary: 'The mean distance to the target, which outliers move little.',
  keywords: ['loss', 'mae', 'l1', 'regression'],
  docs: {
    text: 'Averages the distance between prediction and target. Every error pulls equally hard, however large, so a few wild values do not rule the rest; the best single answer is the median.',
    formula: 'L = \\frac{1}{N D} \\sum_{n,d} |y_{n,d} - t_{n,d}|',
    source: { title: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  names: { pytorch: 'nn.L1Loss' },
  ...comparison({ target: targetField('label') }),
});
