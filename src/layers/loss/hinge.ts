import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** The mean of max(0, 1 − t·y) with t = ±1. */
export const hinge = defineLayer({
  type: 'hinge',
  title: 'Hinge',
  summary: 'The loss of support vector machines: right by a margin, or it costs.',
  keywords: ['loss', 'svm', 'margin', 'binary'],
  docs: {
    text: 'For yes or no with a score that is positive for yes. An answer that is right by at least one costs nothing; any other costs as much as it falls short. Labels 0 and 1 are taken as −1 and 1.',
    formula: 'L = \\frac1N \\sum_n \\max(0,\\, 1 - t_n y_n), \\quad t_n = \\pm 1',
    source: { title: 'Keras: hinge losses', url: 'https://keras.io/api/losses/hinge_losses/' },
  },
  names: { pytorch: 'nn.HingeEmbeddingLoss' },
  ...comparison({ target: targetField('label') }),
});
