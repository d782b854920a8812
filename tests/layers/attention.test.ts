import { describe, expect, it } from 'vitest';
import { layerOfKeras, readKeras } from '@/layers';
import { joined } from './joined';

const QV = (query: (number | null)[], value: (number | null)[]): [string, (number | null)[]][] => [
  ['query', query],
  ['value', value],
];

describe('multi-head attention', () => {
  it('counts as Keras does for unequal sizes, a gate and an output of its own', () => {
    const found = joined('multiHeadAttention', [...QV([3, 4], [5, 6]), ['key', [5, 7]]], {
      numHeads: 2,
      keyDim: 3,
      valueDim: 5,
      useGate: true,
      outputShape: [2, 3],
    });
    expect(found.output).toBe('N×3×2×3');
    expect(found.weights).toEqual([
      'query/kernel 4×2×3',
      'query/bias 2×3',
      'key/kernel 7×2×3',
      'key/bias 2×3',
      'gate/kernel 4×2×5',
      'gate/bias 2×5',
      'value/kernel 6×2×5',
      'value/bias 2×5',
      'attention_output/kernel 2×5×2×3',
      'attention_output/bias 2×3',
    ]);
    expect(found.parameters).toBe(24 + 6 + 42 + 6 + 40 + 10 + 60 + 10 + 60 + 6);
    // Queries, gate and result for 3 steps, keys and values for 5, scores and means for 15 pairs.
    expect(found.macs).toBe(3 * (24 + 40 + 60) + 5 * (42 + 60) + 15 * 2 * (3 + 5));
  });

  it('takes sequences of any length, and multiplies each step with all', () => {
    const found = joined('multiHeadAttention', QV([null, 8], [null, 8]), { numHeads: 2, keyDim: 4 });
    expect([found.parameters, found.message]).toEqual([288, null]);
  });

  it('attends along some axes only', () => {
    const params = { numHeads: 1, keyDim: 2, attentionAxes: [-2] };
    const found = joined('multiHeadAttention', QV([2, 3, 4], [2, 5, 4]), params);
    // 6 queries, 10 keys; each query sees the 5 of its row.
    expect(found.macs).toBe(6 * 16 + 10 * 16 + 6 * 5 * 4);
    const unlike = joined('multiHeadAttention', QV([2, 3, 4], [4, 5, 4]), params);
    expect(unlike.message).toBe('A query of 2×3×4 cannot look at values of 4×5×4.');
    expect(unlike.after('Attend along all axes')).toBeNull();
    for (const attentionAxes of [[3], [0], [1, 1], [-3, 1]]) {
      const wrong = joined('multiHeadAttention', QV([2, 3, 4], [2, 5, 4]), { ...params, attentionAxes });
      expect(wrong.message).toMatch('cannot look at each other along axis');
      expect(wrong.after('Attend along all axes')).toBeNull();
    }
  });

  it('refuses keys without values, masks that do not fit, unknown features and a future of images', () => {
    const keys = joined('multiHeadAttention', [...QV([3, 4], [5, 4]), ['key', [6, 4]]]);
    expect(keys.message).toBe('There are keys of 6×4 for values of 5×4.');
    expect(keys.after('Use the values as keys')).toBeNull();
    const mask = (shape: number[]) => joined('multiHeadAttention', [...QV([3, 4], [5, 4]), ['attentionMask', shape]]);
    expect([mask([3, 5]).message, mask([1, 5]).message, mask([8, 3, 5]).message, mask([1, 1, 5]).message]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(mask([5, 3]).message).toBe('A mask of 5×3 does not fit queries and keys of 3×5.');
    expect(mask([2, 3, 5]).after('Take the mask away')).toBeNull();
    expect(joined('multiHeadAttention', QV([3, null], [5, 4])).message).toMatch('number of weights cannot be told');
    const images = joined('multiHeadAttention', QV([2, 3, 4], [2, 3, 4]), { causal: true });
    expect(images.after('Look everywhere')).toBeNull();
  });

  it('writes what Keras takes at the call there', () => {
    const wires: [string, number[]][] = [...(QV([3, 4], [3, 4]) as [string, number[]][]), ['attentionMask', [3, 3]]];
    const { call, config } = joined('multiHeadAttention', wires, { causal: true }).keras();
    expect(config).not.toHaveProperty('causal');
    expect(call).toMatchObject({ args: [{}, {}], kwargs: { use_causal_mask: true, attention_mask: {} } });
    expect(joined('attention', wires.slice(0, 2), { causal: true }).keras().call).toMatchObject({
      args: [[{}, {}]],
      kwargs: { use_causal_mask: true },
    });
    expect(joined('attention', wires.slice(0, 2)).keras().call).toMatchObject({ kwargs: {} });
  });

  it('begins with Keras’s fans, which are not those of the shape', () => {
    const { known } = joined('multiHeadAttention', QV([3, 8], [3, 8]), { numHeads: 2, keyDim: 5 });
    const fans = Object.fromEntries(known?.weights.map((weight) => [weight.name, weight.fans]) ?? []);
    expect(fans['query/kernel']).toEqual({ fanIn: 8, fanOut: 10 });
    expect(fans['attention_output/kernel']).toEqual({ fanIn: 10, fanOut: 8 });
  });

  it('reads what Keras writes once it is built', () => {
    const layer = layerOfKeras('MultiHeadAttention');
    if (!layer) throw new Error('no layer');
    const config = {
      num_heads: 2,
      key_dim: 3,
      value_dim: 3,
      attention_axes: [1],
      output_shape: 7,
      sliding_window: null,
    };
    expect(readKeras(layer, 'MultiHeadAttention', { ...config, activity_regularizer: null })).toEqual({
      params: { numHeads: 2, keyDim: 3, valueDim: 3, attentionAxes: [1], outputShape: [7] },
    });
  });
});

describe('grouped-query attention', () => {
  const params = { numQueryHeads: 4, numKeyValueHeads: 2, headDim: 3 };

  it('has fewer weights for keys and values', () => {
    const found = joined('groupedQueryAttention', QV([3, 4], [5, 4]), params);
    expect(found.weights.slice(0, 5)).toEqual([
      'query/kernel 4×4×3',
      'query/bias 4×3',
      'key/kernel 4×2×3',
      'key/bias 2×3',
      'value/kernel 4×2×3',
    ]);
    expect(found.macs).toBe(3 * 48 * 2 + 5 * 24 * 2 + 2 * 15 * 12);
  });

  it('refuses groups of unequal size, and values of another width', () => {
    const uneven = joined('groupedQueryAttention', QV([3, 4], [5, 4]), { ...params, numKeyValueHeads: 3 });
    expect([uneven.after('One for all'), uneven.after('One for each')]).toEqual([null, null]);
    const wide = joined('groupedQueryAttention', QV([3, 4], [5, 6]), params);
    expect(wide.message).toBe('The query has 4 features, the value 6.');
    expect(wide.after('Project the value to 4 features')).toBeNull();
  });
});

describe('attention without heads', () => {
  it.each(['attention', 'additiveAttention'])('%s compares what is equally long', (type) => {
    expect(joined(type, [...QV([3, 4], [5, 2]), ['key', [5, 4]]]).output).toBe('N×3×2');
    const unlike = joined(type, QV([3, 4], [5, 2]));
    expect(unlike.message).toBe('A query of 3×4 cannot be compared with keys of 5×2.');
    expect(unlike.after('Project the value to 4 features')).toBeNull();
  });
});

describe('positions and tokens', () => {
  it('learns a vector for each place, and no more', () => {
    expect(joined('positionEmbedding', [['in', [null, 6]]], { maxLength: 9 }).weights).toEqual(['embeddings 9×6']);
    const long = joined('positionEmbedding', [['in', [12, 6]]], { maxLength: 9 });
    expect(long.message).toBe('A sequence of 12 steps is longer than the 9 places learned.');
    expect(long.after('Learn 12 places')).toBeNull();
  });

  it('turns pairs', () => {
    const odd = joined('rotaryEmbedding', [['in', [12, 5]]]);
    expect(odd.message).toBe('5 features of 12×5 do not make pairs.');
    expect(odd.after('Project to 6 features')).toBeNull();
  });

  it('cuts patches that cover the image', () => {
    const vit = { patchSize: [16, 16], embedDim: 768 };
    const found = joined('patchEmbedding', [['in', [224, 224, 3]]], vit);
    // ViT-B/16 (Dosovitskiy et al. 2021).
    expect([found.output, found.parameters, found.macs]).toEqual(['N×196×768', 590_592, 196 * 589_824]);
    const uneven = joined('patchEmbedding', [['in', [28, 30, 1]]], { patchSize: [8, 8] });
    expect(uneven.message).toBe('Patches of 8×8 do not divide an image of 28×30×1.');
    expect(uneven.after('Patches of 7×6')).toBeNull();
    expect(joined('patchEmbedding', [['in', [null, 8, 1]]]).message).toBeNull();
  });

  it('adds a step', () => {
    expect(joined('classToken', [['in', [null, 6]]])).toMatchObject({ parameters: 6, message: null });
    expect(joined('classToken', [['in', [196, 6]]]).output).toBe('N×197×6');
  });
});

describe('einsum', () => {
  const einsum = (shape: (number | null)[], params: object) =>
    joined('einsumDense', [['in', shape]], params as Parameters<typeof joined>[2]);

  it('refuses equations that name another tensor, lost letters, and axes of two sizes', () => {
    expect(einsum([3, 4], { equation: 'ab,bc->ac' }).after('Dense over the last axis')).toBeNull();
    expect(einsum([4], { equation: 'ab,bcd->ac', outputShape: [3] }).message).toMatch('“d” of the kernel is neither');
    expect(einsum([4], { equation: 'ab,bc->acd', outputShape: [3, 3] }).message).toMatch(
      '“d” of the result comes from',
    );
    expect(einsum([4, 4], { equation: 'abb,bc->ac', outputShape: [3] }).message).toMatch('“b” stands twice');
    expect(einsum([4], { equation: 'ab,bc->ca', outputShape: [3] }).message).toMatch('the batch must be the first');
    const sizes = einsum([5, 4], { equation: 'abc,cd->abd', outputShape: [6, 3] });
    expect(sizes.message).toBe('Axis “b” has size 5 in the input and 6 in the result.');
    expect(sizes.after('Output size 5×3')).toBeNull();
    const few = einsum([5, 4], { equation: 'abc,cd->abd', outputShape: [3] });
    expect(few.message).toMatch('The result has 2 axes to give a size for, not 1.');
    expect(few.after(few.repairs[0] ?? '')).toBeNull();
  });

  it('refuses a bias that cannot be, and LoRA where it cannot', () => {
    const bias = einsum([4], { equation: 'ab,bc->ac', outputShape: [3], biasAxes: 'b' });
    expect(bias.after('No bias')).toBeNull();
    expect(bias.after('Along the last axis')).toBeNull();
    const sample = einsum([4], { equation: 'ab,bc->ac', outputShape: [3], biasAxes: 'a' });
    expect(sample.message).toBe('A bias cannot differ from sample to sample.');
    const lora = einsum([4], { equation: 'ab,b->a', outputShape: [], loraRank: 2 });
    expect(lora.after('No LoRA')).toBeNull();
  });

  it('counts the products of all its axes', () => {
    expect(einsum([5, 4], { equation: 'abc,cde->abde', outputShape: [5, 2, 3] }).macs).toBe(5 * 4 * 2 * 3);
    expect(einsum([5, 6, 4], { outputShape: [3] }).macs).toBe(30 * 12);
  });

  it('is written with letters where Keras would turn the sizes round', () => {
    const { config } = einsum([5, null, 4], { outputShape: [3] }).keras();
    expect(config).toMatchObject({ equation: 'abcx,xy->abcy', output_shape: [5, null, 3] });
    expect(einsum([5, 4], { outputShape: [3] }).keras().config).toMatchObject({ equation: '...x,xy->...y' });
  });
});
