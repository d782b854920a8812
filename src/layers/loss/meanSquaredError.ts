import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of (y − t)² over all values. */
export const meanSquaredError = defineLayer({
  type: 'meanSquaredError',
  title: 'Mean squared error',
  summary: 'The mean squared distance to the target: the loss for regression.',
  keywords: ['loss', 'mse', 'l2', 'regression', 'reconstruction'],
  docs: {
    text: 'Squares the difference between prediction and target and averages over all values and the batch. For a class label the target is a row with a 1 at the class. For an autoencoder, wire its input into “target”.',
    formula: 'L = \\frac{1}{N D} \\sum_{n,d} (y_{n,d} - t_{n,d})^2',
    source: { title: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  names: { pytorch: 'nn.MSELoss' },
  ...comparison({ target: targetField('label') }),
});
