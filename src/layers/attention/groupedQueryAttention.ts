import { defineLayer, type RuleResult } from '../declaration';
import { type Dim, isKnown } from '../dimension';
import { derive } from '../formula';
import { integer } from '../params';
import { weightParams } from '../shared/weights';
import {
  attentionPorts,
  biased,
  causal,
  causalCall,
  dropout,
  gated,
  maskPort,
  projection,
  slidingWindow,
  unfitMask,
  unknownFeatures,
  unlikeKeys,
} from './settings';

/** Ainslie et al. 2023. */
export const groupedQueryAttention = defineLayer({
  type: 'groupedQueryAttention',
  title: 'GroupedQueryAttention',
  family: 'attention',
  summary: 'Multi-head attention whose heads share keys and values in groups.',
  keywords: ['gqa', 'mqa', 'multi-query', 'llama', 'transformer', 'kv cache'],
  docs: {
    text: 'As MultiHeadAttention, but several query heads share one head of keys and values. That leaves fewer weights, and far less to remember while a text is written word by word; large language models use it. With one shared head it is multi-query attention.',
    formula:
      '\\operatorname{head}_i = \\operatorname{softmax}\\Big(\\frac{QW^Q_i (KW^K_{g(i)})^\\top}{\\sqrt{k}}\\Big) V W^V_{g(i)} \\qquad g(i) = \\lfloor i\\,g/h \\rfloor',
    source: { title: 'Ainslie et al. 2023', url: 'https://arxiv.org/abs/2305.13245' },
  },
  params: {
    numQueryHeads: integer({
      label: 'Query heads',
      help: 'In how many ways each step looks at the others.',
      symbol: 'h',
      min: 1,
      max: 10_000,
      default: 8,
    }),
    numKeyValueHeads: integer({
      label: 'Key and value heads',
      help: 'How many views of keys and values the query heads share; must divide their number.',
      symbol: 'g',
      min: 1,
      max: 10_000,
      default: 2,
    }),
    headDim: integer({
      label: 'Size of heads',
      help: 'How many values each head compares and takes over.',
      symbol: 'k',
      min: 1,
      max: 100_000,
      default: 64,
    }),
    causal: causal(),
    useBias: biased(),
    dropout: dropout(),
    slidingWindow: slidingWindow(),
    useGate: gated(),
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
  },
  inputs: { ...attentionPorts([3]), attentionMask: maskPort([3, 4]) },
  keepsShape: true,
  digest: ({ numQueryHeads, numKeyValueHeads, headDim, causal: ahead }) => [
    `${numQueryHeads} : ${numKeyValueHeads} heads of ${headDim}`,
    ...(ahead ? ['causal'] : []),
  ],
  infer({ params: p, inputs: { query, value, key = value, attentionMask } }): RuleResult {
    if (p.numQueryHeads % p.numKeyValueHeads !== 0) {
      return {
        refusal: {
          message: `${p.numQueryHeads} query heads cannot share ${p.numKeyValueHeads} heads of keys and values evenly.`,
          why: 'Every head of keys and values serves the same number of query heads.',
          param: 'numKeyValueHeads',
          repairs: [
            { title: 'One for all', kind: 'setParams', params: { numKeyValueHeads: 1 } },
            { title: 'One for each', kind: 'setParams', params: { numKeyValueHeads: p.numQueryHeads } },
          ],
        },
      };
    }
    const [features = 1, ofValue = 1] = [query.shape.at(-1), value.shape.at(-1)];
    const refusal = unknownFeatures({ query, value, key }) ?? unlikeKeys(value, key);
    if (refusal) return { refusal };
    if (features !== ofValue) {
      return {
        refusal: {
          message: `The query has ${Number(features)} features, the value ${Number(ofValue)}.`,
          why: 'Keras’s layer takes queries and values of the same size only.',
          port: 'value',
          repairs: isKnown(features)
            ? [
                { title: `Give the value ${features} features`, kind: 'resizeSource', port: 'value', size: features },
                {
                  title: `Project the value to ${features} features`,
                  kind: 'insertBefore',
                  port: 'value',
                  layers: [{ type: 'dense', params: { units: features } }],
                },
              ]
            : [],
        },
      };
    }
    const [batch = 1, steps = 1] = query.shape;
    const seen = value.shape[1] ?? 1;
    const unfit = unfitMask(attentionMask, [batch], p.numQueryHeads, [steps, seen]);
    if (unfit) return { refusal: unfit };
    const known = {
      T: steps,
      S: seen,
      h: p.numQueryHeads,
      g: p.numKeyValueHeads,
      k: p.headDim,
      D: features,
      D_k: key.shape.at(-1) ?? 1,
    };
    const of = (count: number, symbol: string): [Dim, string][] => [
      [count, symbol],
      [p.headDim, 'k'],
    ];
    const [queries, shared] = [of(p.numQueryHeads, 'h'), of(p.numKeyValueHeads, 'g')];
    const gate = (formula: string): string => (p.useGate ? formula : '');
    const biases = p.useBias ? ` + h·k + 2·g·k${gate(' + h·k')} + D` : '';
    return {
      output: { shape: query.shape, dtype: 'float32', ...(query.masked && { masked: true }) },
      weights: [
        ...projection('query', [[features, 'D']], queries, p),
        ...projection('key', [[known.D_k, 'D_k']], shared, p),
        ...(p.useGate ? projection('gate', [[features, 'D']], queries, p) : []),
        ...projection('value', [[features, 'D']], shared, p),
        ...projection('attention_output', queries, [[features, 'D']], p),
      ],
      parameters: derive('Parameters', `2·D·h·k + g·k·(D_k + D)${gate(' + D·h·k')}${biases}`, known),
      macs: derive('Multiply-adds', `T·D·h·k·${p.useGate ? 3 : 2} + S·g·k·(D_k + D) + 2·T·S·h·k`, known),
      window: 'global',
    };
  },
  names: { onnx: 'GroupQueryAttention', pytorch: 'scaled_dot_product_attention(…, enable_gqa=True)' },
  keras: {
    className: 'GroupQueryAttention',
    also: ['GroupedQueryAttention'],
    names: { causal: null },
    ignored: ['flash_attention'],
    call: { key: 'key', attentionMask: 'attention_mask' },
    callOptions: causalCall,
  },
});
