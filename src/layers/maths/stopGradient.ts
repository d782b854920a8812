import { defineLayer } from '../declaration';
import { passedOn } from '../shared/same';

export const stopGradient = defineLayer({
  type: 'stopGradient',
  title: 'StopGradient',
  family: 'maths',
  summary: 'Lets values through and holds gradients back.',
  keywords: ['detach', 'freeze', 'no grad', 'target network'],
  docs: {
    text: 'Gives its input on unchanged, but no gradient passes it: what lies before learns nothing from what lies behind. Networks that are taught by a slower copy of themselves (BYOL, SimSiam) need it so as not to collapse.',
    formula: 'y = x \\qquad \\frac{\\partial y}{\\partial x} := 0',
    source: { title: 'Chen & He 2020 (SimSiam)', url: 'https://arxiv.org/abs/2011.10566' },
  },
  params: {},
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  blocksGradient: true,
  digest: () => [],
  infer: ({ inputs: { in: x } }) => ({ output: passedOn(x) }),
  names: { pytorch: '.detach()' },
  keras: { className: 'StopGradient', custom: true },
});
