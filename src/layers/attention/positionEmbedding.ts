import { defineLayer, type RuleResult } from '../declaration';
import { isKnown } from '../dimension';
import { derive } from '../formula';
import { integer } from '../params';
import { likeInput } from '../shared/same';
import { weightOf, weightParams } from '../shared/weights';
import { counted } from '../shared/words';

/** As in BERT (Devlin et al. 2019) and GPT. */
export const positionEmbedding = defineLayer({
  type: 'positionEmbedding',
  title: 'PositionEmbedding',
  family: 'attention',
  summary: 'Adds a learned vector to each step that tells where it stands.',
  keywords: ['positional encoding', 'learned', 'transformer', 'bert', 'gpt', 'vit', 'order'],
  docs: {
    text: 'Attention does not know the order of its steps. This learns a vector for every place and adds it to the step that stands there. It cannot take sequences that are longer than it has vectors.',
    formula: 'y_t = x_t + e_t',
    source: { title: 'Devlin et al. 2019', url: 'https://arxiv.org/abs/1810.04805' },
  },
  params: {
    maxLength: integer({
      label: 'Longest sequence',
      help: 'For how many places a vector is learned.',
      symbol: 'L',
      min: 1,
      max: 1_000_000,
      default: 512,
    }),
    ...weightParams('embeddings', 'Embeddings', 'glorotUniform'),
  },
  inputs: { in: { title: 'Sequence', rank: [3] } },
  keepsShape: true,
  digest: ({ maxLength }) => [counted(maxLength, 'place')],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const [, steps = 1, features = 1] = x.shape;
    if (!isKnown(features)) {
      return {
        refusal: {
          message: 'The size of the last axis is unknown, so the number of weights cannot be told.',
          why: 'Each place has a vector as long as the features.',
          port: 'in',
        },
      };
    }
    if (isKnown(steps) && steps > p.maxLength) {
      return {
        refusal: {
          message: `A sequence of ${steps} steps is longer than the ${p.maxLength} places learned.`,
          why: 'There is no vector for the steps beyond.',
          param: 'maxLength',
          repairs: [{ title: `Learn ${steps} places`, kind: 'setParams', params: { maxLength: steps } }],
        },
      };
    }
    return {
      output: likeInput(x),
      weights: [weightOf('embeddings', [p.maxLength, features], ['L', 'D'], p)],
      parameters: derive('Parameters', 'L·D', { L: p.maxLength, D: features }),
    };
  },
  names: { pytorch: 'nn.Embedding' },
  keras: { className: 'PositionEmbedding', custom: true },
});
