/** What Transformers are made of. */
import type { Block } from '@/document';
import { block, type Link } from '../chain';
import { blockIn, blockOut, link, type Size } from '../parts';

interface Style {
  /** Where layers are normalised: what each part gives with what it was given (Vaswani et al. 2017), or what it is given. */
  norm: 'after' | 'before';
  activation: 'relu' | 'gelu';
  epsilon: number;
  causal?: boolean;
  dropout?: number;
}

const heads = (id: string, causal: boolean, from: Record<string, string>): Link =>
  link(id, 'multiHeadAttention', { numHeads: 'heads', keyDim: 'width/heads', ...(causal && { causal: true }) }, from);

/** Two layers at each step by itself, four times as wide between. */
const thought = (activation: Style['activation'], from: string): Link[] => [
  link('widen', 'dense', { units: '4*width', activation }, from),
  link('narrow', 'dense', { units: 'width' }),
];

const dropped = (id: string, rate: number): Link[] => (rate > 0 ? [link(id, 'dropout', { rate })] : []);

/** Attention of a sequence to itself, then a thought about each step; both added to what came in. */
export function layerBlock({ norm, activation, epsilon, causal = false, dropout = 0 }: Style, title: string): Block {
  const normal = (id: string, from?: string): Link => link(id, 'layerNormalization', { epsilon }, from);
  const attended = (from: string): Link[] => [
    heads('attention', causal, { query: from, value: from }),
    ...dropped('drop1', dropout),
  ];
  const last = (name: string, drop: string): string => (dropout > 0 ? drop : name);
  const before = norm === 'before';
  return block({
    title,
    note: causal
      ? 'Every step looks at those before it, then is thought over by itself.'
      : 'Every step looks at all others, then is thought over by itself.',
    params: { width: 512, heads: 8 },
    links: [
      blockIn,
      ...(before ? [normal('norm1')] : []),
      ...attended(before ? 'norm1' : 'in'),
      link('add1', 'add', undefined, [last('attention', 'drop1'), 'in']),
      normal(before ? 'norm2' : 'norm1'),
      ...thought(activation, before ? 'norm2' : 'norm1'),
      ...dropped('drop2', dropout),
      link('add2', 'add', undefined, [last('narrow', 'drop2'), before ? 'add1' : 'norm1']),
      ...(before ? [] : [normal('norm2')]),
      blockOut,
    ],
  });
}

/** As in an encoder, with a look at what was read between: for writing. */
export function decoderBlock(title: string, epsilon: number): Block {
  const normal = (id: string): Link => link(id, 'layerNormalization', { epsilon });
  return block({
    title,
    note: 'Every step looks at those before it, then at what the encoder has read, then is thought over by itself.',
    params: { width: 512, heads: 8 },
    links: [
      { ...blockIn, name: 'written' },
      { ...link('memory', 'blockInput', { index: 1 }, []), name: 'read' },
      heads('self', true, { query: 'in', value: 'in' }),
      link('add1', 'add', undefined, ['self', 'in']),
      normal('norm1'),
      heads('cross', false, { query: 'norm1', value: 'memory' }),
      link('add2', 'add', undefined, ['cross', 'norm1']),
      normal('norm2'),
      ...thought('relu', 'norm2'),
      link('add3', 'add', undefined, ['narrow', 'norm2']),
      normal('norm3'),
      blockOut,
    ],
  });
}

export const repeated = (
  id: string,
  type: string,
  count: number,
  width: Size,
  headCount: Size,
  from?: Link['from'],
): Link => ({
  ...link(id, `block:${type}`, { width, heads: headCount }, from),
  ...(count > 1 && { repeat: count }),
});
