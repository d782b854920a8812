import { defineLayer } from '../declaration';
import { real } from '../params';
import { likeInput } from '../shared/same';

export const gaussianNoise = defineLayer({
  type: 'gaussianNoise',
  title: 'GaussianNoise',
  family: 'regularization',
  summary: 'Adds random noise while training.',
  keywords: ['noise', 'denoising', 'augmentation'],
  docs: {
    text: 'While training, a normal random number of standard deviation σ is added to each value; when predicting it does nothing. On the inputs it is a simple augmentation, and the beginning of a denoising autoencoder.',
    formula: 'y = x + \\sigma z, \\quad z \\sim \\mathcal N(0, 1)',
    source: {
      title: 'Keras: GaussianNoise',
      url: 'https://keras.io/api/layers/regularization_layers/gaussian_noise/',
    },
  },
  params: {
    stddev: real({
      label: 'Deviation',
      help: 'The standard deviation of the noise.',
      symbol: 'σ',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.1,
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ stddev }) => [`σ = ${stddev}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  keras: { className: 'GaussianNoise' },
});

const rate = (help: string) => real({ label: 'Rate', help, symbol: 'p', min: 0, below: 1, step: 0.05, default: 0.5 });

/** Srivastava et al. 2014, section 10. */
export const gaussianDropout = defineLayer({
  type: 'gaussianDropout',
  title: 'GaussianDropout',
  family: 'regularization',
  summary: 'Multiplies each value by random noise around 1 while training.',
  keywords: ['noise', 'multiplicative', 'overfitting'],
  docs: {
    text: 'As dropout, but instead of being kept or dropped each value is multiplied by a normal random number of mean 1 and the variance p/(1 − p) that dropout would give it.',
    formula: 'y = x \\odot z, \\quad z \\sim \\mathcal N\\big(1, \\tfrac{p}{1 - p}\\big)',
    source: { title: 'Srivastava et al. 2014', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  },
  params: { rate: rate('The rate of the dropout that it is like.') },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: (p) => [`rate ${p.rate}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  keras: { className: 'GaussianDropout' },
});

/** Klambauer et al. 2017, section 3. */
export const alphaDropout = defineLayer({
  type: 'alphaDropout',
  title: 'AlphaDropout',
  family: 'regularization',
  summary: 'Dropout for SELU networks: keeps mean 0 and variance 1.',
  keywords: ['selu', 'self-normalising', 'overfitting'],
  docs: {
    text: 'While training, a random share of the values is set to the lowest value of SELU, and all are then scaled and shifted so that mean 0 and variance 1 are kept, on which self-normalising networks rely. When predicting it does nothing.',
    formula:
      "y = a\\,(m \\odot x + (1 - m)\\,\\alpha') + b, \\quad \\alpha' = -1.7581, \\quad m \\sim \\mathrm{Bernoulli}(1 - p)",
    source: { title: 'Klambauer et al. 2017', url: 'https://arxiv.org/abs/1706.02515' },
  },
  params: { rate: rate('The share of values set to SELU’s lowest.') },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: (p) => [`rate ${p.rate}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  names: { pytorch: 'nn.AlphaDropout' },
  keras: { className: 'AlphaDropout', fixed: { noise_shape: null } },
});
