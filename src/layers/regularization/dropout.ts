import { defineLayer } from '../declaration';
import { real } from '../params';
import { likeInput } from '../shared/same';

/** Srivastava et al. 2014, in the inverted form: what is kept is divided by 1 − p while training. */
export const dropout = defineLayer({
  type: 'dropout',
  title: 'Dropout',
  family: 'regularization',
  summary: 'Sets a random share of the values to zero while training.',
  keywords: ['regularise', 'overfitting', 'noise'],
  docs: {
    text: 'While training, each value is set to zero with probability p and the rest is scaled by 1/(1 − p), so the expected sum stays. When predicting it does nothing. It keeps units from relying on one another.',
    formula: 'y = \\frac{m \\odot x}{1 - p}, \\quad m \\sim \\mathrm{Bernoulli}(1 - p)',
    source: { title: 'Srivastava et al. 2014', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  },
  params: {
    rate: real({
      label: 'Rate',
      help: 'The share of values set to zero.',
      symbol: 'p',
      min: 0,
      below: 1,
      step: 0.05,
      default: 0.5,
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ rate }) => [`rate ${rate}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  names: { pytorch: 'nn.Dropout', onnx: 'Dropout' },
  keras: { className: 'Dropout', fixed: { noise_shape: null } },
});
