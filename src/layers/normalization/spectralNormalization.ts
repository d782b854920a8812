import { defineLayer } from '../declaration';
import { integer } from '../params';
import { weightParams } from '../shared/weights';
import { inferInner, innerDigest, innerParams, kernelOf, wrapping } from './normalisedKernels';

/** Miyato et al. 2018. */
export const spectralNormalization = defineLayer({
  type: 'spectralNormalization',
  title: 'SpectralNormalization',
  family: 'normalization',
  summary: 'A dense layer or a convolution whose kernel stretches no input more than once.',
  keywords: ['spectral norm', 'gan', 'lipschitz', 'wrapper'],
  docs: {
    text: 'At every training step the kernel is divided by its largest singular value σ, so the layer cannot make differences larger; that steadies the discriminator of a GAN. σ is found by power iteration from a vector u that is kept from step to step; u is a weight, but not a trained one. As in Keras, the divided kernel replaces the kernel.',
    formula:
      'W \\leftarrow W / \\sigma, \\quad \\sigma = v^{\\mathsf T} W u, \\quad v \\leftarrow \\frac{W u}{\\lVert W u \\rVert}, \\; u \\leftarrow \\frac{W^{\\mathsf T} v}{\\lVert W^{\\mathsf T} v \\rVert}',
    source: { title: 'Miyato et al. 2018', url: 'https://arxiv.org/abs/1802.05957' },
  },
  params: {
    ...innerParams,
    powerIterations: integer({
      label: 'Iterations',
      help: 'Steps of the power iteration at each training step.',
      min: 1,
      max: 1000,
      default: 1,
      advanced: true,
    }),
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  sizeParam: 'units',
  digest: innerDigest,
  infer({ params: p, inputs: { in: x } }) {
    const inner = inferInner(p, x);
    if ('refusal' in inner) return inner;
    const { parameters: _, weights: [kernel = kernelOf(inner), ...others] = [], ...rest } = inner;
    return {
      ...rest,
      // In Keras's order.
      weights: [
        kernel,
        {
          name: 'vector_u',
          shape: [1, p.units],
          symbols: ['1', 'K'],
          initializer: { type: 'truncatedNormal', stddev: 0.02 },
          trainable: false,
          // A buffer there.
          pytorch: 0,
        },
        ...others,
      ],
    };
  },
  names: { pytorch: 'nn.utils.parametrizations.spectral_norm' },
  keras: wrapping('SpectralNormalization', ['power_iterations']),
});
