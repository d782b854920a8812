import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of y − t·ln y. */
export const poisson = defineLayer({
  type: 'poisson',
  title: 'Poisson',
  summary: 'For counts: how unlikely the counts are at the predicted rates.',
  keywords: ['loss', 'count', 'rate', 'regression'],
  docs: {
    text: 'The negative logarithm of the Poisson likelihood, up to a constant. The prediction is a rate, so it must be positive: end in softplus or exponential.',
    formula: 'L = \\frac{1}{N D} \\sum_{n,d} \\big(y_{n,d} - t_{n,d} \\ln y_{n,d}\\big)',
    source: { title: 'Keras: probabilistic losses', url: 'https://keras.io/api/losses/probabilistic_losses/' },
  },
  names: { pytorch: 'nn.PoissonNLLLoss(log_input=False)' },
  ...comparison({ target: targetField('label') }),
});
