/** Networks for tests: short to write, and random ones that are valid by construction. */
import fc from 'fast-check';
import { documentSchema, type Edge, type Json, type NetworkDocument, type NetworkNode } from '@/document';

type Params = Record<string, Json>;

/** A chain from an input of the given shape: `chain([28, 28, 1], ['conv2d', { filters: 6 }], ['flatten'])`. Ids are `input`, `n1`, `n2`… */
export function chain(shape: (number | null)[], ...layers: [type: string, params?: Params][]): NetworkDocument {
  const nodes: Record<string, NetworkNode> = { input: { type: 'input', params: { shape }, at: [0, 0] } };
  const edges: Edge[] = [];
  let previous = 'input';
  for (const [at, [type, params]] of layers.entries()) {
    const id = `n${at + 1}`;
    nodes[id] = { type, at: [0, (at + 1) * 100], ...(params && { params }) };
    edges.push({ from: [previous, 'out'], to: [id, 'in'] });
    previous = id;
  }
  return asDocument(nodes, edges);
}

export const asDocument = (nodes: Record<string, NetworkNode>, edges: Edge[], training = {}): NetworkDocument =>
  documentSchema.parse({ format: 'tensorloom', version: 1, name: 'Test', graph: { nodes, edges }, training });

/** What the generator knows of a tensor, by rules of its own: sizes are tracked the simple way, to draw only valid layers. */
type Shape = number[];

const pick = <T>(random: () => number, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const ACTIVATIONS = ['linear', 'relu', 'leakyRelu', 'sigmoid', 'tanh', 'softmax', 'elu', 'gelu'];

interface Growing {
  nodes: Record<string, NetworkNode>;
  edges: Edge[];
  /** Tensors that can still be built upon. */
  open: { id: string; shape: Shape }[];
}

/** Draws one valid layer over random open tensors. */
function grow(state: Growing, random: () => number): unknown {
  const source = pick(random, state.open.slice(-3));
  const { shape } = source;
  const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const put = (type: string, params: Params, result: Shape, sources = [source.id]): void => {
    const id = `${type}_${Object.keys(state.nodes).length}`;
    state.nodes[id] = { type, params };
    for (const from of sources) state.edges.push({ from: [from, 'out'], to: [id, 'in'] });
    state.open.push({ id, shape: result });
  };
  const same = state.open.filter((other) => other.id !== source.id && other.shape.join() === shape.join());
  const joinable = state.open.filter(
    (other) =>
      other.id !== source.id &&
      other.shape.length === shape.length &&
      other.shape.slice(0, -1).join() === shape.slice(0, -1).join(),
  );
  const kinds = ['dense', 'activation', 'dropout', 'batchNormalization', 'flatten', 'reshape'];
  if (shape.length === 3) kinds.push('conv2d', 'conv2d', 'conv2d', 'pool', 'pool', 'global');
  if (same.length > 0) kinds.push('add', 'add');
  if (joinable.length > 0) kinds.push('concatenate', 'concatenate');
  const [height = 1, width = 1, channels = 1] = shape;
  const size = shape.reduce((a, b) => a * b, 1);
  switch (pick(random, kinds)) {
    case 'dense': {
      const units = whole(1, 6);
      return put('dense', { units, useBias: random() < 0.7, activation: pick(random, ACTIVATIONS) }, [
        ...shape.slice(0, -1),
        units,
      ]);
    }
    case 'activation':
      return put('activation', { function: pick(random, ACTIVATIONS), alpha: 0.5, slope: 0.1 }, shape);
    case 'dropout':
      return put('dropout', { rate: Math.round(random() * 8) / 10 }, shape);
    case 'batchNormalization':
      return put('batchNormalization', { center: random() < 0.7, scale: random() < 0.7, momentum: 0.9 }, shape);
    case 'flatten':
      return put('flatten', {}, [size]);
    case 'reshape': {
      const divisors = Array.from({ length: size }, (_, index) => index + 1).filter((divisor) => size % divisor === 0);
      const first = pick(random, divisors);
      return put('reshape', { targetShape: random() < 0.5 ? [first, -1] : [first, size / first] }, [
        first,
        size / first,
      ]);
    }
    case 'conv2d': {
      const groups = pick(random, [1, 1, channels]);
      const filters = groups * whole(1, 3);
      const kernel = [whole(1, Math.min(5, height)), whole(1, Math.min(5, width))] as const;
      const dilated = random() < 0.25;
      const dilation = kernel.map((side, axis) => (dilated && (side - 1) * 2 + 1 <= (shape[axis] ?? 1) ? 2 : 1));
      const strides = dilation.some((rate) => rate > 1) ? [1, 1] : [whole(1, 3), whole(1, 3)];
      const padding = pick(random, ['same', 'valid']);
      const out = slideSizes([height, width], kernel, strides, dilation, padding);
      const params = { filters, kernelSize: [...kernel], strides, dilation, padding, groups };
      return put('conv2d', { ...params, useBias: random() < 0.7, activation: pick(random, ACTIVATIONS) }, [
        ...out,
        filters,
      ]);
    }
    case 'pool': {
      const poolSize = [whole(1, Math.min(4, height)), whole(1, Math.min(4, width))];
      const strides = random() < 0.5 ? null : [whole(1, 3), whole(1, 3)];
      const padding = pick(random, ['same', 'valid']);
      const out = slideSizes([height, width], poolSize, strides ?? poolSize, [1, 1], padding);
      return put(pick(random, ['maxPooling2d', 'averagePooling2d']), { poolSize, strides, padding }, [
        ...out,
        channels,
      ]);
    }
    case 'global': {
      const keepdims = random() < 0.5;
      return put('globalAveragePooling2d', { keepdims }, keepdims ? [1, 1, channels] : [channels]);
    }
    case 'add':
      return put('add', {}, shape, [source.id, pick(random, same).id]);
    default: {
      const other = pick(random, joinable);
      return put(
        'concatenate',
        {},
        [...shape.slice(0, -1), (shape.at(-1) ?? 0) + (other.shape.at(-1) ?? 0)],
        [source.id, other.id],
      );
    }
  }
}

/** Counts window positions one by one: slow, and sure. */
function slideSizes(
  sizes: readonly number[],
  kernel: readonly number[],
  strides: readonly number[],
  dilation: readonly number[],
  padding: string,
): number[] {
  return sizes.map((size, axis) => {
    const [reach, stride] = [((kernel[axis] ?? 1) - 1) * (dilation[axis] ?? 1), strides[axis] ?? 1];
    let count = 0;
    for (let at = 0; padding === 'same' ? at < size : at + reach < size; at += stride) count += 1;
    return count;
  });
}

/** A seeded generator for use inside fast-check, so that a failing network can be drawn again (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Values in [−1, 1), none of them repeated in practice. */
export function noise(size: number, seed = 1): Float32Array {
  const random = randomOf(seed);
  return Float32Array.from({ length: size }, () => 2 * random() - 1);
}

/** A random valid network of the first layer set, over an image or a row of features. Shrinks towards fewer layers. */
export const validNetwork: fc.Arbitrary<NetworkDocument> = fc
  .record({ seed: fc.nat(), layers: fc.integer({ min: 1, max: 9 }), image: fc.boolean() })
  .map(({ seed, layers, image }) => {
    const random = randomOf(seed);
    const size = (): number => 1 + Math.floor(random() * 9);
    const shape = image ? [size(), size(), 1 + Math.floor(random() * 3)] : [size()];
    const state: Growing = {
      nodes: { input: { type: 'input', params: { shape } } },
      edges: [],
      open: [{ id: 'input', shape }],
    };
    for (let count = 0; count < layers; count++) grow(state, random);
    return asDocument(state.nodes, state.edges);
  });

/** Three tokens → vectors → the words they are most like, by the same table. */
export const tiedEmbedding = (words: number, size: number, scored = words): NetworkDocument =>
  asDocument(
    {
      tokens: { type: 'input', params: { shape: [3] } },
      words: { type: 'embedding', name: 'words', params: { inputDim: words, outputDim: size } },
      mixed: { type: 'dense', params: { units: size } },
      scores: { type: 'embeddingProjection', params: { inputDim: scored }, tiedTo: 'words' },
    },
    [
      { from: ['tokens', 'out'], to: ['words', 'in'] },
      { from: ['words', 'out'], to: ['mixed', 'in'] },
      { from: ['mixed', 'out'], to: ['scores', 'in'] },
    ],
  );
