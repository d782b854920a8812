import { defineLayer, type RuleResult } from '../declaration';
import { formatShape, isKnown } from '../dimension';
import { choice, real } from '../params';
import { likeInput } from '../shared/same';
import { maxWavelength } from './positions';

/** Su et al. 2021 (RoFormer). */
export const rotaryEmbedding = defineLayer({
  type: 'rotaryEmbedding',
  title: 'RotaryEmbedding',
  family: 'attention',
  summary: 'Turns pairs of features by an angle that grows with the step: relative positions.',
  keywords: ['rope', 'positional encoding', 'roformer', 'llama', 'transformer', 'relative'],
  docs: {
    text: 'Takes the features of each step in pairs and turns every pair, as a point in the plane, by an angle that grows with the step. The product of a query and a key that were turned so depends only on how far apart they stand. Put it behind the dense layers that make queries and keys. The second axis is the steps.',
    formula:
      '\\begin{pmatrix} y_1 \\\\ y_2 \\end{pmatrix} = \\begin{pmatrix} \\cos t\\theta & -\\sin t\\theta \\\\ \\sin t\\theta & \\cos t\\theta \\end{pmatrix} \\begin{pmatrix} x_1 \\\\ x_2 \\end{pmatrix}, \\qquad \\theta_i = 10000^{-2i/D}',
    source: { title: 'Su et al. 2021', url: 'https://arxiv.org/abs/2104.09864' },
  },
  params: {
    pairs: choice({
      label: 'Pairs',
      help: 'Which features make a pair: neighbours, as in the paper, or the first of each half, as in LLaMA.',
      default: 'neighbours',
      options: { neighbours: 'neighbours', halves: 'halves' },
    }),
    maxWavelength: maxWavelength(),
    scalingFactor: real({
      label: 'Stretch',
      help: 'Divides the steps, so that longer sequences turn as far as shorter ones did.',
      min: 0.001,
      default: 1,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Queries or keys', rank: [3, 4] } },
  keepsShape: true,
  digest: ({ pairs }) => (pairs === 'halves' ? ['halves'] : []),
  infer({ inputs: { in: x } }): RuleResult {
    const features = x.shape.at(-1) ?? 1;
    if (isKnown(features) && features % 2 === 0) return { output: likeInput(x) };
    return {
      refusal: {
        message: isKnown(features)
          ? `${features} features of ${formatShape(x.shape)} do not make pairs.`
          : 'The number of features is unknown, so the angles cannot be told.',
        why: 'Two features at a time are turned as a point in the plane.',
        port: 'in',
        repairs: isKnown(features)
          ? [
              { title: `Make it ${features + 1} features`, kind: 'resizeSource', port: 'in', size: features + 1 },
              {
                title: `Project to ${features + 1} features`,
                kind: 'insertBefore',
                port: 'in',
                layers: [{ type: 'dense', params: { units: features + 1 } }],
              },
            ]
          : [],
      },
    };
  },
  names: { onnx: 'RotaryEmbedding' },
  keras: { className: 'RotaryEmbedding', custom: true },
});
