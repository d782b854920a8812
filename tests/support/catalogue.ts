/**
 * Random valid networks over the whole catalogue. What is drawn follows from the declarations alone, so a
 * new layer is tried without a word here: a layer of random hyperparameters is put behind random tensors,
 * and stays if inference has nothing against it.
 */
import fc from 'fast-check';
import type { Edge, Json, NetworkDocument, NetworkNode } from '@/document';
import { createInferencer } from '@/inference';
import { type Dim, isKnown, LAYERS, type LayerDeclaration, type ParamSpec, product } from '@/layers';
import { asDocument, randomOf } from './networks';

type Random = () => number;
type Params = Record<string, Json>;

const whole = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Layers that stand inside a network: all but inputs, losses and what is not known. */
export const INNER: readonly LayerDeclaration[] = LAYERS.filter(
  ({ type, role, keras }) => role === undefined && keras && type !== 'placeholder',
);

/** A small value of a hyperparameter's kind, whether or not it fits the input. */
function draw(spec: ParamSpec, random: Random): Json {
  const { editor } = spec;
  switch (editor.kind) {
    case 'integer':
      if (editor.optional && random() < 0.5) return null;
      return whole(random, editor.min, Math.min(editor.max, editor.min + 4));
    case 'real': {
      if (editor.optional && random() < 0.5) return null;
      // Where it may be anything, something near zero.
      const [low, high] = editor.min < -100 ? [-2, 2] : [editor.min, Math.min(editor.max, editor.min + 1)];
      // No −0, which JSON does not know.
      return Math.round(100 * (low + random() * (high - low) * 0.9)) / 100 || 0;
    }
    case 'flag':
      return random() < 0.5;
    case 'choice':
      return pick(random, editor.options).value;
    case 'sizes':
      if (editor.optional && random() < 0.5) return null;
      return Array.from({ length: editor.axes }, () => whole(random, editor.min, editor.min + 2));
    case 'margins':
      return Array.from({ length: editor.axes }, () => [whole(random, 0, 2), whole(random, 0, 2)]);
    case 'integers':
      return Array.from({ length: whole(random, 1, 3) }, () =>
        whole(random, Math.max(editor.min, -2), Math.min(editor.max, 3)),
      );
    case 'shape':
      return random() < 0.5 ? [-1] : [whole(random, 1, 4), -1];
    case 'layer': {
      const layer = pick(
        random,
        editor.layers.filter(({ type }) => !LOOKING_UP.has(type)),
      );
      return { type: layer.type, params: drawParams(layer, random) };
    }
    default:
      return structuredClone(spec.default) as Json;
  }
}

/** Settings whose small random values make no layer worth trying, or make it another layer every time. */
const KEPT: ReadonlySet<string> = new Set(['stateful', 'epsilon', 'loraRank', 'exponent']);

function drawParams(layer: LayerDeclaration, random: Random): Params {
  const params: Params = {};
  for (const [name, spec] of Object.entries(layer.params)) {
    const rare = spec.advanced ? 0.15 : 0.6;
    if (!KEPT.has(name) && random() < rare) params[name] = draw(spec, random);
    // Small even where the default is not.
    else if (spec.editor.kind === 'integer' && Number(spec.default) > 6) {
      params[name] = whole(random, Math.max(1, spec.editor.min), 6);
    }
  }
  // What feeds itself grows without bound unless its function has one.
  if (layer.family === 'recurrent') {
    for (const name of ['activation', 'recurrentActivation']) {
      if (params[name] !== undefined) params[name] = pick(random, ['tanh', 'sigmoid', 'softsign', 'hardSigmoid']);
    }
  }
  return params;
}

/** Steps that are volumes each: few layers take them. */
const VOLUMES = [2, 3, 4, 3, 1];

/** The shapes networks begin with: features, a sequence, tokens, an image, a volume. */
function drawInput(random: Random): { shape: number[] } {
  const size = (): number => whole(random, 2, 7);
  const shapes = [[size()], [size(), whole(random, 1, 4)], [size(), size(), whole(random, 1, 4)], [4, 4, 3, 2]];
  return { shape: random() < 0.03 ? VOLUMES : pick(random, [...shapes.slice(0, 3), ...shapes]) };
}

const takesVolumes = ({ inputs }: LayerDeclaration): boolean =>
  Object.values(inputs).some(({ rank, optional }) => !optional && rank?.every((one) => one > VOLUMES.length));

/** Larger tensors and weights would only be slow; more than six axes the kernels of tfjs do not know. */
const LARGEST = 3000;
const MOST_AXES = 6;

const tooLarge = (shape: readonly Dim[]): boolean => {
  const size = product(shape.slice(1));
  return !isKnown(size) || size > LARGEST || size < 1 || shape.length > MOST_AXES;
};

/** Layers that take indices: only what comes from the data can be meant as such. */
const LOOKING_UP: ReadonlySet<string> = new Set(['embedding', 'categoryEncoding']);

interface Growing {
  nodes: Record<string, NetworkNode>;
  edges: Edge[];
  /** Outputs that can be built upon. */
  open: { from: [string, string]; shape: readonly Dim[] }[];
}

/** Tries one layer; true where it could stand. */
function tryLayer(layer: LayerDeclaration, state: Growing, random: Random): boolean {
  const id = `${layer.type}_${Object.keys(state.nodes).length}`;
  const node: NetworkNode = { type: layer.type, params: drawParams(layer, random) };
  if (random() < 0.08) node.trainable = false;
  const edges: Edge[] = [];
  let first: readonly Dim[] | undefined;
  for (const [name, port] of Object.entries(layer.inputs)) {
    if (port.optional && random() < 0.7) continue;
    for (let count = port.many ? whole(random, 2, 3) : 1; count > 0; count--) {
      const like = first === undefined ? [] : state.open.filter(({ shape }) => shape.length === first?.length);
      const same = like.filter(({ shape }) => shape.join() === first?.join());
      const fitting = state.open.filter(
        ({ shape, from: [id] }) =>
          (!port.rank || port.rank.includes(shape.length)) && (!LOOKING_UP.has(layer.type) || id.startsWith('input')),
      );
      const from = random() < 0.6 && same.length > 0 ? same : random() < 0.6 && like.length > 0 ? like : fitting;
      if (from.length === 0) return false;
      const source = pick(random, from);
      first ??= source.shape;
      edges.push({ from: [...source.from], to: [id, name] });
    }
  }
  const nodes = { ...state.nodes, [id]: node };
  const inference = createInferencer().update(asDocument(nodes, [...state.edges, ...edges]), undefined);
  const known = inference.nodes.get(id);
  if (!known?.output || known.problems.some(({ severity }) => severity === 'error')) return false;
  const outputs = Object.entries(known.outputs);
  const weights = known.parameters;
  if (outputs.some(([, { shape }]) => tooLarge(shape)) || !isKnown(weights) || weights > LARGEST) return false;
  state.nodes = nodes;
  state.edges.push(...edges);
  for (const [port, { shape }] of outputs) state.open.push({ from: [id, port], shape });
  return true;
}

export interface Drawn {
  seed: number;
  layers: number;
  document: NetworkDocument;
}

/** The network of a seed: shrinks towards fewer layers, the first ones staying the same. */
export function networkOf(seed: number, layers: number, types: readonly LayerDeclaration[] = INNER): NetworkDocument {
  const random = randomOf(seed);
  const state: Growing = { nodes: {}, edges: [], open: [] };
  for (let count = whole(random, 1, 2); count > 0; count--) {
    const id = `input_${count}`;
    const { shape } = drawInput(random);
    state.nodes[id] = { type: 'input', params: { shape } };
    state.open.push({ from: [id, 'out'], shape: [1, ...shape] });
  }
  const unused = new Set(Object.keys(state.nodes));
  for (let count = 0; count < layers; count++) {
    for (let attempt = 0; attempt < 20 && !tryLayer(pick(random, types), state, random); attempt++);
  }
  // Nothing fitted, which is rare.
  if (state.edges.length === 0) return networkOf(seed + 1, layers, types);
  for (const { from } of state.edges) unused.delete(from[0]);
  // An input that feeds nothing is no part of the model.
  const nodes = Object.fromEntries(Object.entries(state.nodes).filter(([id]) => !unused.has(id)));
  return asDocument(nodes, state.edges);
}

export const catalogueNetwork: fc.Arbitrary<Drawn> = fc
  .record({ seed: fc.nat(), layers: fc.integer({ min: 1, max: 7 }) })
  .map(({ seed, layers }) => ({ seed, layers, document: networkOf(seed, layers) }));

/** The last node, and all that lead to it. */
function feeding({ nodes, edges }: Growing): Set<string> {
  const last = Object.keys(nodes).at(-1);
  const used = new Set(last === undefined ? [] : [last]);
  for (const id of used) for (const { from, to } of edges) if (to[0] === id) used.add(from[0]);
  return used;
}

/** Puts a dense layer behind an output, so that a gradient must find its way back through what comes next. */
function learnFrom(state: Growing, from: string, shape: readonly Dim[]): void {
  const units = shape.at(-1);
  if (units === undefined || !isKnown(units)) return;
  const id = `${from}_dense`;
  state.nodes[id] = { type: 'dense', params: { units } };
  state.edges.push({ from: [from, 'out'], to: [id, 'in'] });
  for (const open of state.open) if (open.from[0] === from) open.from = [id, 'out'];
}

/**
 * A network of one layer of a type, with what it needs in front of it; null where none was found. Every other
 * seed has something to learn in front of the layer.
 */
export function networkAround(type: string, seed: number): NetworkDocument | null {
  const layer = INNER.find((candidate) => candidate.type === type);
  if (!layer) return null;
  for (let attempt = 0; attempt < 60; attempt++) {
    const random = randomOf(seed * 1000 + attempt);
    const state: Growing = { nodes: {}, edges: [], open: [] };
    for (let count = 0; count < 3; count++) {
      const id = `input_${count}`;
      const shape = takesVolumes(layer) ? VOLUMES : drawInput(random).shape;
      state.nodes[id] = { type: 'input', params: { shape } };
      state.open.push({ from: [id, 'out'], shape: [1, ...shape] });
      // A second of the same shape, for layers that join two.
      if (random() < 0.5) {
        state.nodes[`${id}b`] = { type: 'input', params: { shape } };
        state.open.push({ from: [`${id}b`, 'out'], shape: [1, ...shape] });
      }
    }
    if (seed % 2 === 0 && !LOOKING_UP.has(type))
      for (const { from, shape } of [...state.open]) learnFrom(state, from[0], shape);
    if (!tryLayer(layer, state, random)) continue;
    const used = feeding(state);
    const nodes = Object.entries(state.nodes).filter(([id]) => used.has(id));
    return asDocument(
      Object.fromEntries(nodes),
      state.edges.filter(({ to }) => used.has(to[0])),
    );
  }
  return null;
}
