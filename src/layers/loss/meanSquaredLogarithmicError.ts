import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of (ln(1 + y) − ln(1 + t))². */
export const meanSquaredLogarithmicError = defineLayer({
  type: 'meanSquaredLogarithmicError',
  title: 'Mean squared logarithmic error',
  summary: 'The squared difference of logarithms, for targets of many sizes.',
  keywords: ['loss', 'msle', 'regression'],
  docs: {
    text: 'Compares ln(1 + y) with ln(1 + t), so what counts is by which factor the prediction is off. For targets that are never negative, such as counts and prices.',
    formula: 'L = \\frac{1}{N D} \\sum_{n,d} \\big(\\ln(1 + y_{n,d}) - \\ln(1 + t_{n,d})\\big)^2',
    source: { title: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  ...comparison({ target: targetField('label') }),
});
