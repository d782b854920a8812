import { defineLayer } from '../declaration';
import { derive } from '../formula';
import { flag, integer, optionalInteger, optionalReal } from '../params';
import { weightOf, weightParams } from '../shared/weights';

/** A learned row for each index. Bengio et al. 2003. */
export const embedding = defineLayer({
  type: 'embedding',
  title: 'Embedding',
  family: 'core',
  summary: 'Looks up a learned vector for each word or other index.',
  keywords: ['lookup', 'token', 'word vector', 'word2vec', 'text'],
  docs: {
    text: 'A table with one row for every word there is. Each index in the input becomes its row; the rows are learned, so that words used alike come to lie near each other. With “mask zero”, index 0 is padding, which later layers pass over.',
    formula: 'y_t = E_{x_t}',
    source: { title: 'Bengio et al. 2003', url: 'https://jmlr.org/papers/v3/bengio03a.html' },
  },
  names: { pytorch: 'nn.Embedding', onnx: 'Gather' },
  params: {
    inputDim: integer({
      label: 'Words',
      help: 'How many indices there are; the largest is one less.',
      symbol: 'V',
      min: 1,
      max: 100_000_000,
      default: 1000,
    }),
    outputDim: integer({
      label: 'Vector',
      help: 'How many values stand for a word.',
      symbol: 'D',
      min: 1,
      max: 100_000,
      default: 64,
    }),
    maskZero: flag({ label: 'Mask zero', help: 'Index 0 is padding, which later layers pass over.', default: false }),
    ...weightParams('embeddings', 'Table', 'randomUniform'),
    loraRank: optionalInteger({
      label: 'LoRA rank',
      empty: 'none',
      help: 'Freezes the table and learns a change of this rank to it, with far fewer weights. Hu et al. 2021.',
      symbol: 'r',
      min: 1,
      max: 100_000,
      default: null,
      advanced: true,
    }),
    loraAlpha: optionalReal({
      label: 'LoRA scale',
      empty: 'as the rank',
      help: 'The change is multiplied by this over the rank; as large as the rank if none is given.',
      min: 0,
      default: null,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Indices' } },
  sizeParam: 'outputDim',
  digest: ({ inputDim, outputDim }) => [`${inputDim.toLocaleString('en-US')} × ${outputDim}`],
  infer({ params: p, inputs: { in: x } }) {
    if (x.indices !== undefined && x.indices > p.inputDim) {
      return {
        refusal: {
          message: `The data set has ${x.indices.toLocaleString('en-US')} different indices, padding included, but the table has ${p.inputDim.toLocaleString('en-US')} rows.`,
          why: 'An index without a row has no vector.',
          param: 'inputDim',
          repairs: [
            {
              title: `Make a row for each of ${x.indices.toLocaleString('en-US')}`,
              kind: 'setParams',
              params: { inputDim: x.indices },
            },
          ],
        },
      };
    }
    const rank = p.loraRank ?? 0;
    const values = { V: p.inputDim, D: p.outputDim, ...(rank > 0 && { r: rank }) };
    const table = weightOf('embeddings', [p.inputDim, p.outputDim], ['V', 'D'], p);
    const zeros = {
      symbols: ['r', 'D'],
      initializer: 'zeros',
      penalty: p.embeddingsRegularizer,
      trainable: true,
    } as const;
    return {
      output: {
        shape: [...x.shape, p.outputDim],
        dtype: 'float32',
        ...(p.maskZero && { masked: true }),
      },
      weights: [
        { ...table, ...(rank > 0 && { trainable: false }) },
        ...(rank > 0
          ? [
              {
                ...zeros,
                name: 'lora_embeddings_a',
                shape: [p.inputDim, rank],
                symbols: ['V', 'r'],
                initializer: 'heUniform',
              },
              { ...zeros, name: 'lora_embeddings_b', shape: [rank, p.outputDim] },
            ]
          : []),
      ],
      shape: [derive('Output size', 'D', values)],
      parameters: derive('Parameters', rank > 0 ? 'V·D + V·r + r·D' : 'V·D', values),
    };
  },
  // Indices have no neighbourhood to be moved in.
  blocksGradient: true,
  keras: {
    className: 'Embedding',
    also: ['ReversibleEmbedding'],
    ignored: ['input_length', 'quantization_config', 'sparse'],
    // Keras's class that can also project back has one setting that matters for looking up: none.
    read: (config) => {
      const { tie_weights: _, ...rest } = config;
      return { config: rest };
    },
  },
});
