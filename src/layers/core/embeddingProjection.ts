import { defineLayer, type RuleResult } from '../declaration';
import { isKnown, product } from '../dimension';
import { derive } from '../formula';
import { integer } from '../params';
import { weightOf, weightParams } from '../shared/weights';
import { counted } from '../shared/words';

/** logits = x·Eᵀ. Press & Wolf 2017. */
export const embeddingProjection = defineLayer({
  type: 'embeddingProjection',
  title: 'EmbeddingProjection',
  family: 'core',
  summary: 'Compares each vector with every row of an embedding’s table: a score for each word.',
  keywords: ['tied', 'weight tying', 'unembedding', 'lm head', 'reversible embedding', 'logits', 'output embedding'],
  docs: {
    text: 'The way back from vectors to words. Each word’s score is the dot product of the vector with that word’s row in the table. Tied to an embedding it uses that very table, so that words are read and written by the same vectors, and the weights count once: GPT-2, BERT and most language models end so. Untied it has a table of its own.',
    formula: 'y = xE^\\top',
    source: { title: 'Press & Wolf 2017', url: 'https://arxiv.org/abs/1608.05859' },
  },
  names: { pytorch: 'nn.Linear(bias=False)', onnx: 'MatMul' },
  params: {
    inputDim: integer({
      label: 'Words',
      help: 'How many words get a score: the embedding’s, where it is tied to one.',
      symbol: 'V',
      min: 1,
      max: 100_000_000,
      default: 1000,
    }),
    ...weightParams('embeddings', 'Table', 'randomUniform'),
  },
  inputs: { in: { title: 'Vectors', rank: [2, 3, 4, 5] } },
  sizeParam: 'inputDim',
  tiesTo: ['embedding'],
  digest: ({ inputDim }) => [counted(inputDim, 'word')],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const features = x.shape.at(-1) ?? 1;
    if (!isKnown(features)) {
      return {
        refusal: {
          message: 'The size of the last axis is unknown, so the vectors cannot be compared with the table.',
          why: 'Each word’s row is as long as the vectors that it is compared with.',
          port: 'in',
        },
      };
    }
    const positions = x.shape.slice(1, -1);
    const values = { V: p.inputDim, D: features };
    return {
      output: { shape: [...x.shape.slice(0, -1), p.inputDim], dtype: 'float32' },
      weights: [weightOf('embeddings', [p.inputDim, features], ['V', 'D'], p)],
      shape: [derive('Output size', 'V', values)],
      parameters: derive('Parameters', 'V·D', values),
      macs:
        positions.length === 0
          ? derive('Multiply-adds', 'D·V', values)
          : derive('Multiply-adds', 'L·D·V', { ...values, L: product(positions) }),
      ...(positions.length === 0 && { window: 'global' as const }),
    };
  },
  keras: {
    className: 'ReversibleEmbedding',
    fixed: { tie_weights: true },
    // The length of the vectors is that of the input.
    ignored: ['output_dim', 'mask_zero', 'quantization_config'],
    callOptions: () => ({ reverse: true }),
    calledWith: { reverse: true },
    write: ({ inputs: [x] }, config) => {
      const size = x?.shape.at(-1);
      return {
        className: 'ReversibleEmbedding',
        config: { ...config, output_dim: size !== undefined && isKnown(size) ? size : 1 },
      };
    },
  },
});
