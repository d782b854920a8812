import { defineLayer } from '../declaration';
import { initializer, weightParams } from '../shared/weights';
import { inferInner, innerDigest, innerParams, kernelOf, wrapping } from './normalisedKernels';

/** Salimans & Kingma 2016. */
export const weightNormalization = defineLayer({
  type: 'weightNormalization',
  title: 'WeightNormalization',
  family: 'normalization',
  summary: 'A dense layer or a convolution whose weights are learned as a direction and a length.',
  keywords: ['weight norm', 'reparametrisation', 'wavenet', 'wrapper'],
  docs: {
    text: 'The weights of each unit are written as a length g times a direction v/‖v‖, and both are learned. That makes descent better conditioned, as batch normalisation does, but looks at no batch. The lengths begin at 1.',
    formula: 'w_k = g_k\\,\\frac{v_k}{\\lVert v_k \\rVert}',
    source: { title: 'Salimans & Kingma 2016', url: 'https://arxiv.org/abs/1602.07868' },
  },
  params: {
    ...innerParams,
    kernelInitializer: initializer('Direction initialiser', 'glorotUniform'),
    ...weightParams('g', 'Length g', 'ones'),
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
      weights: [
        kernel,
        {
          name: 'g',
          shape: [p.units],
          symbols: ['K'],
          initializer: p.gInitializer,
          penalty: p.gRegularizer,
          constraint: p.gConstraint,
          trainable: true,
        },
        ...others,
      ],
    };
  },
  names: { pytorch: 'nn.utils.parametrizations.weight_norm' },
  keras: { ...wrapping('WeightNormalization', []), custom: true },
});
