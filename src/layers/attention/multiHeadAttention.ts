import type { Json } from '@/document';
import { defineLayer, type Refusal, type RuleResult, type Tensor } from '../declaration';
import { type Dim, formatShape, product, sameSize } from '../dimension';
import { derive } from '../formula';
import { inKeras, integer, integers, optionalInteger, optionalShape } from '../params';
import { weightParams } from '../shared/weights';
import { counted } from '../shared/words';
import {
  attentionPorts,
  biased,
  causal,
  causalCall,
  dropout,
  gated,
  maskPort,
  onlyOfSequences,
  projection,
  slidingWindow,
  unfitMask,
  unknownFeatures,
  unlikeKeys,
} from './settings';

/** Vaswani et al. 2017. */
export const multiHeadAttention = defineLayer({
  type: 'multiHeadAttention',
  title: 'MultiHeadAttention',
  family: 'attention',
  summary: 'Each step looks at all others and takes from them what it asks for, in several ways at once.',
  keywords: ['transformer', 'self-attention', 'cross-attention', 'mha', 'bert', 'gpt', 'vit'],
  docs: {
    text: 'Every query is compared with every key; the better they match, the more of that key’s value goes into the result. Each head has its own learned view of queries, keys and values, and a last dense layer joins the heads. Wire one tensor to query and value for self-attention; without a key, the values are the keys. In a decoder, “causal” keeps steps from seeing those after them.',
    formula:
      '\\operatorname{head}_i = \\operatorname{softmax}\\Big(\\frac{QW^Q_i (KW^K_i)^\\top}{\\sqrt{k}}\\Big) V W^V_i \\qquad y = [\\operatorname{head}_1; \\dots; \\operatorname{head}_h]\\,W^O',
    source: { title: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
  },
  params: {
    numHeads: integer({
      label: 'Heads',
      help: 'In how many ways each step looks at the others.',
      symbol: 'h',
      min: 1,
      max: 10_000,
      default: 8,
    }),
    keyDim: integer({
      label: 'Size of keys',
      help: 'How many values each head compares; usually the features divided by the heads.',
      symbol: 'k',
      min: 1,
      max: 100_000,
      default: 64,
    }),
    valueDim: optionalInteger({
      label: 'Size of values',
      empty: 'as the keys',
      help: 'How many values each head takes over; empty: as the keys.',
      symbol: 'v',
      min: 1,
      max: 100_000,
      default: null,
      advanced: true,
    }),
    causal: causal(),
    useBias: biased(),
    dropout: dropout(),
    outputShape: inKeras(
      optionalShape({
        label: 'Output size',
        help: 'The features of the result; empty: as many as the query has.',
        default: null,
        advanced: true,
      }),
      {
        write: (value): Json => (value === null ? null : [...value]),
        read: (json) => (typeof json === 'number' ? [json] : json),
      },
    ),
    attentionAxes: inKeras(
      integers({
        label: 'Attention axes',
        help: 'The axes whose places look at each other, counted with the batch as 0; none given: all but the features.',
        min: -4,
        max: 4,
        length: [0, 3],
        default: [],
        advanced: true,
      }),
      {
        write: (value): Json => (value.length === 0 ? null : [...value]),
        read: (json) => (json === null ? [] : json),
      },
    ),
    slidingWindow: slidingWindow(),
    useGate: gated(),
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
  },
  inputs: { ...attentionPorts([3, 4]), attentionMask: maskPort([3, 4, 5, 6]) },
  keepsShape: true,
  digest: ({ numHeads, keyDim, causal: ahead }) => [
    `${counted(numHeads, 'head')} of ${keyDim}`,
    ...(ahead ? ['causal'] : []),
  ],
  infer({ params: p, inputs: { query, value, key = value, attentionMask } }): RuleResult {
    const axes = axesOf(query, p.attentionAxes);
    if (!Array.isArray(axes)) return { refusal: axes };
    const refusal =
      unknownFeatures({ query, value, key }) ??
      unlikePlaces(query, value, axes) ??
      unlikeKeys(value, key) ??
      onlyOfSequences(query, p) ??
      (p.outputShape?.includes(null) ? unknownOutput : null);
    if (refusal) return { refusal };
    const attended = (shape: readonly Dim[]): Dim[] => axes.map((axis) => shape[axis] ?? 1);
    const aside = query.shape.filter((_, axis) => axis > 0 && axis < query.shape.length - 1 && !axes.includes(axis));
    const [batch = 1] = query.shape;
    const pairs = [...attended(query.shape), ...attended(value.shape)];
    const unfit = unfitMask(attentionMask, [batch, ...aside], p.numHeads, pairs);
    if (unfit) return { refusal: unfit };

    const given = p.outputShape as readonly number[] | null;
    const result = given && given.length > 0 ? given : [query.shape.at(-1) ?? 1];
    const v = p.valueDim ?? p.keyDim;
    const [heads, keys, values] = [
      [p.numHeads, 'h'],
      [p.keyDim, 'k'],
      [v, 'v'],
    ] as const;
    const features = (tensor: Tensor, symbol: string): [Dim, string] => [tensor.shape.at(-1) ?? 1, symbol];
    const toValues = [heads, values] as [Dim, string][];
    const toKeys = [heads, keys] as [Dim, string][];
    const places = ({ shape }: Tensor): Dim => product(shape.slice(1, -1));
    const known = {
      T: places(query),
      S: places(value),
      A: product(attended(value.shape)),
      h: p.numHeads,
      k: p.keyDim,
      v,
      D_q: query.shape.at(-1) ?? 1,
      D_k: key.shape.at(-1) ?? 1,
      D_v: value.shape.at(-1) ?? 1,
      D_o: product(result),
    };
    const gate = (formula: string): string => (p.useGate ? formula : '');
    const biases = p.useBias ? ` + 2·h·k + h·v${gate(' + h·v')} + D_o` : '';
    return {
      output: {
        shape: [...query.shape.slice(0, -1), ...result],
        dtype: 'float32',
        ...(query.masked && { masked: true }),
      },
      weights: [
        ...projection('query', [features(query, 'D_q')], toKeys, p),
        ...projection('key', [features(key, 'D_k')], toKeys, p),
        ...(p.useGate ? projection('gate', [features(query, 'D_q')], toValues, p) : []),
        ...projection('value', [features(value, 'D_v')], toValues, p),
        ...projection(
          'attention_output',
          toValues,
          result.map((size): [Dim, string] => [size, result.length === 1 ? 'D_o' : String(size)]),
          p,
        ),
      ],
      parameters: derive('Parameters', `h·k·(D_q + D_k) + h·v·(D_v + D_o)${gate(' + D_q·h·v')}${biases}`, known),
      macs: derive(
        'Multiply-adds',
        `T·h·(D_q·k + v·D_o${gate(' + D_q·v')}) + S·h·(D_k·k + D_v·v) + T·A·h·(k + v)`,
        known,
      ),
      window: 'global',
    };
  },
  names: { pytorch: 'nn.MultiheadAttention', onnx: 'Attention' },
  keras: {
    className: 'MultiHeadAttention',
    names: { causal: null },
    // How it is computed, and a penalty on outputs, which is written only where it is none.
    ignored: ['flash_attention'],
    call: { key: 'key', attentionMask: 'attention_mask' },
    callOptions: causalCall,
  },
});

const unknownOutput: Refusal = {
  message: 'The output size must be known.',
  why: 'Every feature of the result has weights of its own.',
  param: 'outputShape',
  repairs: [{ title: 'As many features as the query', kind: 'setParams', params: { outputShape: null } }],
};

/** The axes that attend, counted from the front. */
function axesOf({ shape }: Tensor, given: readonly number[]): number[] | Refusal {
  const last = shape.length - 1;
  const axes = given.map((axis) => (axis < 0 ? shape.length + axis : axis));
  const wrong = given[axes.findIndex((axis, at) => axis < 1 || axis >= last || axes.indexOf(axis) < at)];
  if (wrong === undefined) return axes.length > 0 ? axes : Array.from({ length: last - 1 }, (_, at) => at + 1);
  return {
    message: `Places cannot look at each other along axis ${String(wrong).replace('-', '−')} of ${formatShape(shape)}.`,
    why: 'Neither the batch (axis 0) nor the features (the last axis) are places, and each axis counts once.',
    param: 'attentionAxes',
    repairs: [{ title: 'Attend along all axes', kind: 'setParams', params: { attentionAxes: [] } }],
  };
}

/** Query and value must have the same axes, and the same sizes of those that do not attend. */
function unlikePlaces(query: Tensor, value: Tensor, axes: readonly number[]): Refusal | null {
  const fits =
    query.shape.length === value.shape.length &&
    query.shape.every(
      (size, axis) =>
        axes.includes(axis) || axis === query.shape.length - 1 || sameSize(size, value.shape[axis] ?? 0) === true,
    );
  if (fits) return null;
  return {
    message: `A query of ${formatShape(query.shape)} cannot look at values of ${formatShape(value.shape)}.`,
    why: 'Both must have the same axes, and the same sizes where they do not look along an axis.',
    port: 'value',
    repairs:
      query.shape.length === value.shape.length
        ? [{ title: 'Attend along all axes', kind: 'setParams', params: { attentionAxes: [] } }]
        : [],
  };
}
