import { defineLayer } from '../declaration';
import { likeInput } from '../shared/same';
import { maxWavelength } from './positions';

/** Vaswani et al. 2017, section 3.5. */
export const sinusoidalPositionEncoding = defineLayer({
  type: 'sinusoidalPositionEncoding',
  title: 'SinusoidalPositionEncoding',
  family: 'attention',
  summary: 'Adds waves to a sequence that tell each step where it stands.',
  keywords: ['positional encoding', 'transformer', 'sine', 'cosine', 'order'],
  docs: {
    text: 'Attention does not know the order of its steps. This adds a pattern of sines and cosines to them, of a different wavelength for each pair of features, so that every place has a pattern of its own. Nothing is learned, and a sequence may be of any length.',
    formula:
      'y_{t,2i} = x_{t,2i} + \\sin\\frac{t}{10000^{2i/D}} \\qquad y_{t,2i+1} = x_{t,2i+1} + \\cos\\frac{t}{10000^{2i/D}}',
    source: { title: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
  },
  params: { maxWavelength: maxWavelength() },
  inputs: { in: { title: 'Sequence', rank: [3] } },
  keepsShape: true,
  digest: () => [],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  keras: { className: 'SinusoidalPositionEncoding', custom: true },
});
