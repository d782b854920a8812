/** An imported model as a document: layers become nodes, calls wires, further calls ties, inner models blocks. */
import {
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type Block,
  blockIdOf,
  blocksNeeded,
  blockType,
  DocumentError,
  type Edge,
  type Endpoint,
  freeBlockId,
  type Json,
  layered,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
  readDocument,
} from '@/document';
import { layerOf, outputsOf } from '@/layers';
import { argumentsOf, callKey, outputShapes } from './arguments';
import { blocksAmong, looseEnds, sizeOf } from './inner';
import { isFrozen, readLayer, readWithPenalty, unusualType, usesHardSigmoid } from './layer';
import { type Call, ImportError, type ImportedLayer, type ImportedModel, type Origin, referenceKey } from './model';
import { Notes } from './notes';

export interface Imported {
  document: NetworkDocument;
  /** What is not as in the file, in words. */
  notes: string[];
}

/** Models that hold each other many times over have more layers than the file is long. */
const MOST_NODES = 50_000;

/** `keras.activations.hard_sigmoid` before and since Keras 3.0. */
const OLD_HARD_SIGMOID =
  'The hard sigmoid of % is that of Keras 3 here, x/6 + 0.5 between 0 and 1; in Keras 2 and TensorFlow.js it is 0.2x + 0.5. Trained weights would give other values.';

const TOO_LARGE = `The model has more than ${MOST_NODES} layers.`;

/** A call of a model, opened out. */
interface Opening {
  model: ImportedModel;
  /** Before every name: `encoder/`, or `encoder_call2/` where it is called again. */
  prefix: string;
  /** The same, whichever call it is: what tells layers apart. */
  path: string;
  frozen: boolean;
  /** What is wired to the inputs; null where they are the network's own. */
  given: readonly Endpoint[] | null;
}

interface Item {
  layer: ImportedLayer;
  at: number;
  call: Call;
}

/** The definitions made so far; null for an inner model that is no block. */
interface Definitions {
  possible: ReadonlySet<ImportedModel>;
  made: Map<ImportedModel, Definition | null>;
  blocks: Record<string, Block>;
  /** What must be said of the layers of each block. */
  notes: Map<string, Notes>;
}

interface Definition {
  block: string;
  inputs: readonly NodeId[];
  outputs: readonly NodeId[];
}

class Builder {
  readonly nodes = new Map<NodeId, NetworkNode>();
  edges: Edge[] = [];
  readonly notes = new Notes();
  /** The node that a layer's first call became: those of further calls share its weights. */
  private readonly owners = new Map<string, NodeId>();
  /** How often each layer has been called so far. */
  private readonly calls = new Map<string, number>();

  constructor(
    private readonly origin: Origin,
    private readonly manyInputs: boolean,
    private readonly definitions: Definitions,
    /** The way to the graph that is built, for words: `encoder/`. */
    private readonly around = '',
  ) {}

  /** Adds a model's nodes; gives the endpoints of its outputs. */
  open(opening: Opening): Endpoint[] {
    const { model, prefix, given } = opening;
    const tensors = new Map<string, Endpoint>();
    for (const [at, { reference }] of model.inputs.entries()) {
      const end = given?.[at];
      if (end) tensors.set(referenceKey(reference), end);
    }
    for (const layer of inputsFirst(model)) {
      const key = referenceKey({ layer: layer.name, call: 0, tensor: 0 });
      if (!tensors.has(key)) tensors.set(key, this.addInput(opening, layer));
    }
    this.work(opening, tensors);
    return model.outputs.map(({ reference }) => {
      const end = tensors.get(referenceKey(reference));
      if (!end)
        throw new ImportError(`“${this.around}${prefix}${reference.layer}” has no output ${reference.tensor + 1}.`);
      return end;
    });
  }

  /** Call after call as the file has them, each once what it needs is there. */
  private work(opening: Opening, tensors: Map<string, Endpoint>): void {
    const items = opening.model.layers
      .filter(({ className }) => className !== 'InputLayer')
      .flatMap((layer): Item[] => layer.calls.map((call, at) => ({ layer, at, call })));
    const outputs = outputShapes(opening.model);
    const waiting = new Map<string, Item[]>();
    for (const item of items) {
      const ready = [item];
      for (let next = ready.pop(); next; next = ready.pop()) {
        const keys = next.call.tensors.map(referenceKey);
        const missing = keys.find((key) => !tensors.has(key));
        if (missing !== undefined) {
          const others = waiting.get(missing);
          if (others) others.push(next);
          else waiting.set(missing, [next]);
          continue;
        }
        const ends = keys.map((key) => tensors.get(key) as Endpoint);
        for (const [tensor, end] of this.addCall(opening, next, ends, outputs).entries()) {
          const key = referenceKey({ layer: next.layer.name, call: next.at, tensor });
          tensors.set(key, end);
          ready.push(...(waiting.get(key) ?? []).reverse());
          waiting.delete(key);
        }
      }
    }
    const [stuck] = waiting;
    if (stuck) throw this.stuck(stuck[0], stuck[1], tensors, opening);
    for (const layer of opening.model.layers) if (layer.calls.length === 0) this.addLoose(opening, layer);
  }

  private stuck(key: string, items: readonly Item[], tensors: Map<string, Endpoint>, { prefix }: Opening): ImportError {
    const [source, call, tensor] = JSON.parse(key) as [string, number, number];
    const name = `${this.around}${prefix}${items[0]?.layer.name}`;
    return tensors.has(referenceKey({ layer: source, call, tensor: 0 }))
      ? new ImportError(
          `“${name}” needs output ${tensor + 1} of “${this.around}${prefix}${source}”, which has no such output.`,
        )
      : new ImportError(`The layers from “${name}” on run in a circle.`);
  }

  private addInput({ prefix }: Opening, layer: ImportedLayer): Endpoint {
    const name = prefix + layer.name;
    const { batch_shape, batch_input_shape, ...rest } = layer.config;
    const shape = [batch_shape, batch_input_shape].find((value) => Array.isArray(value));
    // Some files write a list of shapes, one for each input.
    const [first] = Array.isArray(shape) ? shape : [];
    const config = { ...rest, ...(shape && { batch_shape: Array.isArray(first) ? first : shape }) };
    const call: Call = { args: [], kwargs: {}, tensors: [] };
    const { node, reason } = readLayer({ ...layer, config }, call, {
      dialect: this.origin.dialect,
      shapes: new Map(),
      outputs: [Array.isArray(first) ? first : (shape as Json[] | undefined)],
    });
    const field = this.manyInputs && node.type === 'input' ? { field: name.slice(0, 100) } : {};
    const params = { ...field, ...node.params };
    const id = this.add(name, { ...node, ...(Object.keys(params).length > 0 && { params }) });
    if (reason !== null) this.placeholder(name, layer.className, reason);
    else if (!shape) this.note(name, 'The file does not say the shape of the input %: give it one.');
    return [id, 'out'];
  }

  private addCall(
    opening: Opening,
    { layer, call }: Item,
    ends: readonly Endpoint[],
    outputs: ReadonlyMap<string, readonly (Json[] | undefined)[]>,
  ): Endpoint[] {
    const path = layer.sharedAs === null ? opening.path + layer.name : `#${layer.sharedAs}`;
    const count = (this.calls.get(path) ?? 0) + 1;
    this.calls.set(path, count);
    const own = layer.calls.indexOf(call) + 1;
    const name = `${opening.prefix}${layer.name}${own === 1 ? '' : `_call${own}`}`;
    if (layer.inner) return this.openInner(opening, layer, name, call, ends);
    const frozen = opening.frozen || isFrozen(layer.config);
    const around = {
      dialect: this.origin.dialect,
      shapes: opening.model.shapes,
      outputs: outputs.get(callKey(layer.name, own - 1)) ?? [],
    };
    const { node, ports, reason, penalty } = readWithPenalty(layer, call, around);
    const owner = this.owners.get(path);
    const tied = owner !== undefined && usesWeightsOf(node.type, this.nodes.get(owner)?.type ?? '');
    const id = this.add(name, { ...node, ...(frozen && { trainable: false }), ...(tied && { tiedTo: owner }) });
    if (owner === undefined) {
      this.owners.set(path, id);
      this.remark(name, layer, reason);
    }
    if (call.kwargs.training === true) this.note(name, '% is called as in training always; here only while training.');
    if (owner !== undefined && !tied && !isPlaceholder(node))
      this.note(name, '% shares its weights with another layer in the file; here it has its own.');
    for (const [at, end] of ends.entries()) {
      const port = ports[at];
      if (port !== null) this.edges.push({ from: end, to: [id, port ?? 'in'] });
    }
    const given = outputsOf(node).map((port): Endpoint => [id, port]);
    const [first, ...others] = given;
    if (!penalty || !first) return given;
    const behind = this.add(`${name}_activity_regularizer`, penalty);
    this.edges.push({ from: first, to: [behind, 'in'] });
    return [[behind, 'out'], ...others];
  }

  /** What must be said of a layer. */
  private remark(name: string, { className, config }: ImportedLayer, reason: string | null): void {
    const type = unusualType(config);
    if (reason === null && this.origin.oldHardSigmoid && usesHardSigmoid(config)) this.note(name, OLD_HARD_SIGMOID);
    if (reason !== null) this.placeholder(name, className, reason);
    else if (type !== null)
      this.note(name, `The number type ${type} is not kept: here all is computed in float32 (%).`);
  }

  private placeholder(name: string, className: string, reason: string): void {
    this.note(name, `Kept as a placeholder: % (${className.slice(0, 100)}). ${reason}`);
  }

  private openInner(
    { path, frozen }: Opening,
    layer: ImportedLayer,
    name: string,
    call: Call,
    ends: readonly Endpoint[],
  ): Endpoint[] {
    const model = layer.inner as ImportedModel;
    const given = argumentsOf(model, call)?.map((at) => ends[at]);
    if (!given?.every((end) => end !== undefined)) {
      throw new ImportError(
        `“${this.around}${name}” takes ${model.inputs.length} tensors, but is given ${ends.length}.`,
      );
    }
    const allFrozen = frozen || model.frozen || layer.config.trainable === false;
    const known = layer.sharedAs === null ? path + layer.name : `#${layer.sharedAs}`;
    const definition = this.definitionOf(model, name);
    if (definition) return this.addInstance(definition, name, known, allFrozen, given);
    return this.open({ model, prefix: `${name}/`, path: `${known}/`, frozen: allFrozen, given });
  }

  /** A call of an inner model; further calls use the weights of the first. */
  private addInstance(
    { block, inputs, outputs }: Definition,
    name: string,
    path: string,
    frozen: boolean,
    given: readonly Endpoint[],
  ): Endpoint[] {
    const owner = this.owners.get(path);
    const id = this.add(name, {
      type: blockType(block),
      ...(frozen && { trainable: false }),
      ...(owner !== undefined && { tiedTo: owner }),
    });
    if (owner === undefined) this.owners.set(path, id);
    for (const [at, from] of given.entries()) this.edges.push({ from, to: [id, inputs[at] ?? ''] });
    return outputs.map((port): Endpoint => [id, port]);
  }

  /** An inner model as a block, made when it is first called; null where it cannot be one. */
  private definitionOf(model: ImportedModel, name: string): Definition | null {
    const { possible, made, blocks } = this.definitions;
    if (!possible.has(model)) return null;
    let definition = made.get(model);
    if (definition === undefined) {
      definition = this.define(model, name, blocks);
      made.set(model, definition);
    }
    return definition;
  }

  private define(model: ImportedModel, name: string, blocks: Record<string, Block>): Definition | null {
    const inside = new Builder(this.origin, false, this.definitions, `${this.around}${name}/`);
    const place = (index: number): Pick<NetworkNode, 'params'> => (index > 0 ? { params: { index } } : {});
    const inputs = model.inputs.map(({ reference }, at) =>
      inside.add(reference.layer, { type: BLOCK_INPUT, ...place(at) }),
    );
    const given = inputs.map((id): Endpoint => [id, 'out']);
    const ends = inside.open({ model, prefix: '', path: '', frozen: false, given });
    inside.leaveOut(ends);
    const outputs = ends.map((end, at) => {
      const id = inside.add(at === 0 ? 'out' : `out${at + 1}`, { type: BLOCK_OUTPUT, ...place(at) });
      inside.edges.push({ from: end, to: [id, 'in'] });
      return id;
    });
    // What leads to no output would be one in every instance.
    if (!inside.allLeadTo(outputs)) return null;
    const block = freeBlockId({ blocks }, name);
    const places = layered([...inside.nodes.keys()], inside.edges, 'down');
    const nodes = [...inside.nodes].map(([id, node]) => [id, withPlace(node, places.get(id))] as const);
    blocks[block] = {
      title: model.name.slice(0, 200),
      graph: { nodes: Object.fromEntries(nodes), edges: inside.edges },
    };
    this.definitions.notes.set(block, inside.notes);
    return { block, inputs, outputs };
  }

  /** Whether everything but the ports on the way in leads to one of these. */
  private allLeadTo(ends: readonly NodeId[]): boolean {
    const sources = new Map<NodeId, NodeId[]>();
    for (const { from, to } of this.edges) sources.set(to[0], [...(sources.get(to[0]) ?? []), from[0]]);
    const reached = new Set(ends);
    for (const id of reached) for (const source of sources.get(id) ?? []) reached.add(source);
    return [...this.nodes].every(([id, { type }]) => reached.has(id) || type === BLOCK_INPUT);
  }

  private note(name: string, sentence: string): void {
    this.notes.of(this.around + name, sentence);
  }

  /** A layer that nothing is wired to, and that feeds nothing. */
  private addLoose(opening: Opening, layer: ImportedLayer): void {
    if (layer.className === 'InputLayer' || layer.inner) return;
    const name = opening.prefix + layer.name;
    const call: Call = { args: [], kwargs: {}, tensors: [] };
    const around = { dialect: this.origin.dialect, shapes: opening.model.shapes, outputs: [] };
    this.add(name, readLayer(layer, call, around).node);
    this.note(name, 'Nothing is wired to %.');
  }

  /**
   * An inner model may give what its caller leaves. Of further calls that is left out; of the first, which holds the
   * weights, it stays.
   */
  leaveOut(ends: readonly Endpoint[]): void {
    const used = new Set(ends.map(([id]) => id));
    const sources = new Map<NodeId, NodeId[]>();
    const uses = new Map<NodeId, number>();
    for (const { from, to } of this.edges) {
      const list = sources.get(to[0]);
      if (list) list.push(from[0]);
      else sources.set(to[0], [from[0]]);
      uses.set(from[0], (uses.get(from[0]) ?? 0) + 1);
    }
    for (const id of used) for (const source of sources.get(id) ?? []) used.add(source);
    const idle = [...this.nodes.keys()].filter((id) => !used.has(id) && !uses.get(id));
    for (const id of idle) {
      const node = this.nodes.get(id);
      if (node?.tiedTo === undefined) {
        if (node && node.type !== BLOCK_INPUT && layerOf(node.type)?.role !== 'input')
          this.note(id, 'Nothing takes what comes out of %: it is an output here.');
        continue;
      }
      this.nodes.delete(id);
      for (const source of sources.get(id) ?? []) {
        const left = (uses.get(source) ?? 0) - 1;
        uses.set(source, left);
        if (left === 0 && !used.has(source)) idle.push(source);
      }
    }
    this.edges = this.edges.filter(({ to }) => this.nodes.has(to[0]));
  }

  /** Gives an output a node of its own where the drawing alone would not show that it is one. */
  markOutputs(ends: readonly Endpoint[]): void {
    const beside = ends.filter((end) => end[1] !== 'out' && !this.isInstance(end));
    const feeding = new Set([...this.edges.map(({ from: [id] }) => id), ...beside.map(([id]) => id)]);
    const seen = new Set<string>();
    const isLoose = looseEnds({ nodes: Object.fromEntries(this.nodes), edges: this.edges }, this.definitions.blocks);
    for (const [id, port] of ends) {
      const node = this.nodes.get(id);
      const key = JSON.stringify([id, port]);
      const shows = this.isInstance([id, port])
        ? isLoose([id, port])
        : port === 'out' && !feeding.has(id) && node && layerOf(node.type)?.role !== 'input';
      if (shows || seen.has(key)) continue;
      seen.add(key);
      const name = port === 'out' ? `${id}_output` : `${id}_${port}`;
      const to = this.add(name, { type: 'identity' });
      this.edges.push({ from: [id, port], to: [to, 'in'] });
      this.note(id, 'What comes out of % is an output of the model and not its end alone: an Identity stands for it.');
    }
  }

  private isInstance([id]: Endpoint): boolean {
    return blockIdOf(this.nodes.get(id)?.type ?? '') !== null;
  }

  private add(name: string, node: NetworkNode): NodeId {
    if (this.nodes.size >= MOST_NODES) throw new ImportError(TOO_LARGE);
    const stem = idFrom(name);
    let id = stem;
    for (let count = 2; this.nodes.has(id); count++) id = `${stem}_${count}`;
    this.nodes.set(id, id === name ? node : { ...node, name: name.slice(0, 200) });
    return id;
  }
}

/** Whether a node of one type can be tied to one of another. */
const usesWeightsOf = (type: string, owner: string): boolean =>
  type === owner || layerOf(type)?.tiesTo?.includes(owner) === true;

const isPlaceholder = ({ type }: NetworkNode): boolean => type === 'placeholder';

/** In the order in which the model takes them, then any others. */
function inputsFirst({ layers, inputs }: ImportedModel): ImportedLayer[] {
  const place = new Map(inputs.map(({ reference }, at) => [reference.layer, at]));
  const of = ({ name }: ImportedLayer): number => place.get(name) ?? inputs.length;
  return layers.filter(({ className }) => className === 'InputLayer').sort((a, b) => of(a) - of(b));
}

/** Ids may hold no control characters, and not be the one name that objects keep for themselves. */
const idFrom = (name: string): string => {
  const plain = name.replace(/\p{Cc}/gu, ' ').slice(0, 180);
  return plain === '' || plain === '__proto__' ? `layer ${plain.replaceAll('_', '')}`.trim() : plain;
};

const withPlace = (node: NetworkNode, at: readonly [number, number] | undefined): NetworkNode =>
  at ? { ...node, at: [at[0], at[1]] } : node;

/** What remembers from batch to batch was built for batches of one size. */
function batchOf({ layers }: ImportedModel, nodes: ReadonlyMap<NodeId, NetworkNode>): { training?: Json } {
  if (![...nodes.values()].some(({ params }) => params?.stateful === true)) return {};
  const [batchSize] = layers.flatMap(({ config: { batch_shape: shape, batch_input_shape: old } }) => {
    const [size] = [shape, old].flatMap((given) => (Array.isArray(given) ? given.slice(0, 1) : []));
    return typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= 1e6 ? [size] : [];
  });
  return batchSize === undefined ? {} : { training: { batchSize, shuffle: false } };
}

/** @throws ImportError where the wires make no network */
export function buildDocument(model: ImportedModel, origin: Origin): Imported {
  if (model.layers.length === 0) throw new ImportError('The model has no layers.');
  const inputs = model.layers.filter(({ className }) => className === 'InputLayer').length;
  if (sizeOf(model) > MOST_NODES) throw new ImportError(TOO_LARGE);
  const definitions: Definitions = { possible: blocksAmong(model), made: new Map(), blocks: {}, notes: new Map() };
  const builder = new Builder(origin, inputs > 1, definitions);
  const ends = builder.open({ model, prefix: '', path: '', frozen: model.frozen, given: null });
  builder.leaveOut(ends);
  builder.markOutputs(ends);
  const places = layered([...builder.nodes.keys()], builder.edges, 'down');
  const nodes = [...builder.nodes].map(([id, node]) => [id, withPlace(node, places.get(id))] as const);
  const used = [...builder.nodes.values()].flatMap(({ type }) => blockIdOf(type) ?? []);
  const blocks = Object.fromEntries(
    blocksNeeded(definitions.blocks, used).flatMap((id) => {
      const said = definitions.notes.get(id);
      if (said) builder.notes.take(said);
      const block = definitions.blocks[id];
      return block ? [[id, block]] : [];
    }),
  );
  try {
    const document = readDocument({
      format: 'tensorloom',
      version: 1,
      name: model.name.slice(0, 200) || 'model',
      graph: { nodes: Object.fromEntries(nodes), edges: builder.edges },
      ...(Object.keys(blocks).length > 0 && { blocks }),
      ...batchOf(model, builder.nodes),
    });
    return { document, notes: builder.notes.list };
  } catch (error) {
    if (error instanceof DocumentError) throw new ImportError(error.message);
    throw error;
  }
}
