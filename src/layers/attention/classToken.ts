import { defineLayer, type RuleResult } from '../declaration';
import { isKnown } from '../dimension';
import { derive } from '../formula';
import { weightOf, weightParams } from '../shared/weights';

/** BERT’s [CLS], which Dosovitskiy et al. 2021 took over for images. */
export const classToken = defineLayer({
  type: 'classToken',
  title: 'ClassToken',
  family: 'attention',
  summary: 'Puts a learned step in front of a sequence, to gather what the whole says.',
  keywords: ['cls', 'vit', 'bert', 'token', 'transformer'],
  docs: {
    text: 'Puts one learned vector before the steps of a sequence. In the attention layers that follow it can look at all steps; what has become of it at the end stands for the whole sequence, and the classifier looks at it alone.',
    formula: 'y = [c;\\, x_1;\\, \\dots;\\, x_T]',
    source: { title: 'Dosovitskiy et al. 2021', url: 'https://arxiv.org/abs/2010.11929' },
  },
  params: weightParams('token', 'Token', { type: 'truncatedNormal', stddev: 0.02 }),
  inputs: { in: { title: 'Sequence', rank: [3] } },
  digest: () => [],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const [batch = 1, steps = 1, features = 1] = x.shape;
    if (!isKnown(features)) {
      return {
        refusal: {
          message: 'The size of the last axis is unknown, so the number of weights cannot be told.',
          why: 'The new step has as many features as the others, and each is learned.',
          port: 'in',
        },
      };
    }
    const length = derive('Steps', 'T + 1', { T: steps });
    return {
      output: { shape: [batch, length.result, features], dtype: 'float32', ...(x.masked && { masked: true }) },
      weights: [weightOf('token', [features], ['D'], p)],
      shape: [length],
      parameters: derive('Parameters', 'D', { D: features }),
    };
  },
  names: { pytorch: 'nn.Parameter', onnx: 'Concat' },
  keras: { className: 'ClassToken', custom: true },
});
