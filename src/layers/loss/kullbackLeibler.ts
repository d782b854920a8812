import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** Σ t·ln(t/y) over the last axis, averaged over the batch. */
export const kullbackLeibler = defineLayer({
  type: 'kullbackLeibler',
  title: 'Kullback–Leibler divergence',
  summary: 'How much information is lost where one distribution stands for another.',
  keywords: ['loss', 'kl', 'kld', 'divergence', 'distribution', 'distillation'],
  docs: {
    text: 'Compares two distributions over the last axis. It is zero where they agree. Used to match a teacher’s probabilities in distillation.',
    formula: 'L = \\frac{1}{N} \\sum_n \\sum_k t_{n,k} \\ln \\frac{t_{n,k}}{y_{n,k}}',
    source: { title: 'Keras: probabilistic losses', url: 'https://keras.io/api/losses/probabilistic_losses/' },
  },
  names: { pytorch: 'nn.KLDivLoss' },
  ...comparison({ target: targetField('label') }),
});
