import { defineLayer, type RuleResult } from '../declaration';
import { formatShape, sameSize } from '../dimension';

/** The reparameterisation of Kingma & Welling 2014. */
export const sampling = defineLayer({
  type: 'sampling',
  title: 'Sampling',
  family: 'maths',
  summary: 'Draws from a normal distribution so that gradients pass: the heart of a VAE.',
  keywords: ['vae', 'reparameterisation', 'latent', 'gaussian', 'autoencoder'],
  docs: {
    text: 'The two inputs say where a normal distribution lies and how wide it is: its mean, and the logarithm of its variance. While training, a value is drawn from it as mean plus width times a random number, so that the gradient reaches both inputs. For predicting, the mean is given.',
    formula: 'z = \\mu + e^{\\frac12 \\log\\sigma^2}\\,\\varepsilon, \\qquad \\varepsilon \\sim \\mathcal N(0, 1)',
    source: { title: 'Kingma & Welling 2014', url: 'https://arxiv.org/abs/1312.6114' },
  },
  params: {},
  inputs: { mean: { title: 'Mean μ' }, logVariance: { title: 'Log variance' } },
  digest: () => [],
  infer({ inputs: { mean, logVariance } }): RuleResult {
    const fits =
      mean.shape.length === logVariance.shape.length &&
      mean.shape.every((size, axis) => sameSize(size, logVariance.shape[axis] ?? 0) === true);
    const size = mean.shape.at(-1);
    return fits
      ? { output: { shape: mean.shape, dtype: 'float32' } }
      : {
          refusal: {
            message: `The mean is ${formatShape(mean.shape)}, its variance ${formatShape(logVariance.shape)}.`,
            why: 'Every value that is drawn has a mean and a variance of its own, so both must have the same shape.',
            port: 'logVariance',
            repairs:
              typeof size === 'number' && mean.shape.length === logVariance.shape.length
                ? [{ title: `Give the variance ${size} values`, kind: 'resizeSource', port: 'logVariance', size }]
                : [],
          },
        };
  },
  names: { pytorch: 'torch.distributions.Normal(…).rsample()', onnx: 'RandomNormalLike' },
  keras: { className: 'Sampling', custom: true, call: 'list' },
});
