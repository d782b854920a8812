import { real } from '../params';
import { keepsShape } from './samePlace';

/** Ganin & Lempitsky 2015. */
export const gradientReversal = keepsShape(
  {
    type: 'gradientReversal',
    title: 'GradientReversal',
    summary: 'Lets values through and turns gradients round.',
    keywords: ['domain adaptation', 'adversarial', 'dann', 'grl'],
    docs: {
      text: 'Gives its input on unchanged and multiplies the gradient by −λ on the way back. What lies before then learns the opposite of what the part behind wants: a part that tries to tell two kinds of data apart makes the features before it alike for both.',
      formula: 'y = x \\qquad \\frac{\\partial y}{\\partial x} := -\\lambda I',
      source: { title: 'Ganin et al. 2015', url: 'https://arxiv.org/abs/1505.07818' },
    },
    params: {
      factor: real({
        label: 'Strength',
        help: 'What the reversed gradient is multiplied by.',
        symbol: 'λ',
        min: 0,
        default: 1,
      }),
    },
    digest: ({ factor }) => [`λ = ${factor}`],
    names: {},
  },
  'GradientReversal',
);
