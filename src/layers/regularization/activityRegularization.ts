import { defineLayer } from '../declaration';
import { real } from '../params';
import { passedOn } from '../shared/same';

const strength = (label: string, help: string) => real({ label, help, min: 0, step: 0.001, default: 0 });

export const activityRegularization = defineLayer({
  type: 'activityRegularization',
  title: 'ActivityRegularization',
  family: 'regularization',
  summary: 'Adds the size of the values that pass to the loss.',
  keywords: ['sparse', 'autoencoder', 'l1', 'l2', 'penalty'],
  docs: {
    text: 'The values pass as they are, and what they come to is added to the loss: λ₁ times the sum of their amounts and λ₂ times the sum of their squares, divided by the number of samples in the batch. λ₁ makes most values zero, as in a sparse autoencoder. It counts in training and in evaluation.',
    formula: 'y = x, \\quad L \\leftarrow L + \\frac1N \\Big(\\lambda_1 \\sum_i |x_i| + \\lambda_2 \\sum_i x_i^2\\Big)',
    source: {
      title: 'Keras: ActivityRegularization',
      url: 'https://keras.io/api/layers/regularization_layers/activity_regularization/',
    },
  },
  params: {
    l1: strength('λ₁', 'How much the sum of the amounts counts.'),
    l2: strength('λ₂', 'How much the sum of the squares counts.'),
  },
  inputs: { in: { title: 'Tensor' } },
  addsToLoss: true,
  keepsShape: true,
  digest: ({ l1, l2 }) => [...(l1 > 0 ? [`λ₁ = ${l1}`] : []), ...(l2 > 0 ? [`λ₂ = ${l2}`] : [])],
  infer: ({ inputs: { in: x } }) => ({ output: passedOn(x) }),
  keras: { className: 'ActivityRegularization' },
});
