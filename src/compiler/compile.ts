/**
 * Document → Keras functional model: data, not code. Blocks are opened out, ties resolved. Every layer's spelling is its own declaration's;
 * this file only orders, names and wires.
 */
import {
  type Edge,
  type Endpoint,
  type Json,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
  nodeAt,
} from '@/document';
import { type FieldsOf, type FlatInference, inferDocument, type Problem } from '@/inference';
import {
  innerOf,
  isKnown,
  layerOf,
  nameOf,
  outputsOf,
  resolveParams,
  type Tensor,
  toNullable,
  writeKeras,
} from '@/layers';
import type { CompiledInput, CompiledLoss, CompiledNetwork, CompiledWeight, KerasLayer, KerasTensor } from './types';

/** Why a network cannot be built, in words. */
export class CompileError extends Error {
  override name = 'CompileError';
}

export interface CompileOptions {
  fields: FieldsOf;
  /**
   * For training: losses are bound to outputs and fields, and where the network ends in softmax or
   * sigmoid right before a cross-entropy, it stops short of it, so that the loss works from logits.
   * Otherwise the model is as drawn, and ends where the losses begin.
   */
  logits?: boolean;
  /** Layers that are not known here may stand in the model, for those who know them. */
  placeholders?: boolean;
}

/**
 * @throws CompileError where the network has problems, no input, or nothing but inputs.
 */
export function compile(document: NetworkDocument, options: CompileOptions): CompiledNetwork {
  const inference = inferDocument(document, options.fields);
  const error = inference.problems.find(
    ({ severity, node, path }) =>
      severity === 'error' && !(options.placeholders && nodeAt(document, path, node)?.type === PLACEHOLDER),
  );
  if (error) {
    throw new CompileError(`${nameAt(document, error)}: ${error.message}`);
  }
  const { opened } = inference;
  return new Compilation(opened.document, opened.inference, options.logits ?? false).run();
}

/** What the node of a problem is called, with the way into blocks. */
function nameAt(document: NetworkDocument, { node, path = [] }: Problem): string {
  const known = nodeAt(document, path, node);
  return [...path.map(({ instance }) => instance), known ? nameOf(node, known) : node].join(' › ');
}

/** Of what is not known. */
const NO_TENSOR: Tensor = { shape: [], dtype: 'float32' };

const PLACEHOLDER = 'placeholder';

/** The activation that ends a node, if the loss can take it over. */
interface Ending {
  squashed: 'softmax' | 'sigmoid';
  layer: KerasLayer;
}

class Compilation {
  private readonly layers: KerasLayer[] = [];
  private readonly outputs: KerasTensor[] = [];
  /** What comes out of each node, by port. */
  private readonly tensors = new Map<NodeId, Readonly<Record<string, KerasTensor>>>();
  private readonly endings = new Map<NodeId, Ending>();
  private readonly names: ReadonlyMap<NodeId, string>;
  private readonly inputs: CompiledInput[] = [];
  private readonly weights: CompiledWeight[] = [];

  constructor(
    private readonly document: NetworkDocument,
    private readonly inference: FlatInference,
    private readonly training: boolean,
  ) {
    this.names = layerNames(document);
  }

  run(): CompiledNetwork {
    const losses: NodeId[] = [];
    for (const id of this.ownersFirst()) {
      if (layerOf(this.node(id).type)?.role === 'loss') losses.push(id);
      else this.addNode(id);
    }
    if (this.inputs.length === 0) throw new CompileError('The network has no input yet.');
    const compiled = this.training ? losses.map((id) => this.addLoss(id)) : [];
    if (!this.training)
      for (const id of losses) for (const { from } of this.wires(id, 'in')) this.output(this.tensorAt(from));
    for (const id of this.inference.order) {
      for (const [port, tensor] of Object.entries(this.tensors.get(id) ?? {})) {
        if (this.isLooseEnd(id, port)) this.output(tensor);
      }
    }
    if (this.outputs.length === 0)
      throw new CompileError('The network computes nothing yet: add a layer after the input.');
    const inputs = this.inputs.map(({ node }) => this.tensorAt([node, 'out']));
    return {
      model: {
        name: kerasName(this.document.name) || 'network',
        layers: this.layers,
        inputs,
        outputs: this.outputs,
        ...(this.isStateful && { batchSize: this.document.training.batchSize }),
      },
      inputs: this.inputs,
      losses: compiled,
      weights: this.weights,
    };
  }

  private get isStateful(): boolean {
    return this.inference.order.some((id) => this.inference.nodes.get(id)?.params?.stateful === true);
  }

  /** In order of computation; a tied node after the owner of its weights, since it calls the owner's layer again. */
  private ownersFirst(): readonly NodeId[] {
    const { order } = this.inference;
    const after = new Map<NodeId, NodeId[]>();
    for (const id of order) {
      const owner = this.node(id).tiedTo;
      if (owner !== undefined) after.set(owner, [...(after.get(owner) ?? []), id]);
    }
    return after.size === 0 ? order : orderWith(order, this.inference, after);
  }

  private node(id: NodeId): NetworkNode {
    const node = this.document.graph.nodes[id];
    if (!node) throw new CompileError(`There is no node “${id}”.`);
    return node;
  }

  private tensorAt([id, port]: Endpoint): KerasTensor {
    const tensor = this.tensors.get(id)?.[port];
    if (!tensor) throw new CompileError(`“${id}” has no output “${port}”.`);
    return tensor;
  }

  private wires(id: NodeId, port?: string): Edge[] {
    return (this.inference.incoming.get(id) ?? []).filter(({ to }) => port === undefined || to[1] === port);
  }

  private addNode(id: NodeId): void {
    const node = this.node(id);
    const declaration = layerOf(node.type);
    const known = this.inference.nodes.get(id);
    if (!declaration?.keras || !known?.params) throw new CompileError(`“${id}” cannot be built.`);
    // What comes out of a placeholder may be anybody's guess; what comes after it then is, too. Where the
    // spelling does not depend on shapes, none are needed to write it down.
    if (!known.output && node.type !== PLACEHOLDER && declaration.keras.write)
      throw new CompileError(`“${nameOf(id, node)}” has no shape: the layers before it need an output shape.`);
    const wires = Object.keys(declaration.inputs).flatMap((port) => this.wires(id, port));
    const sources = wires.map(({ from }) => this.tensorAt(from));
    const ports = wires.map(({ to }) => to[1]);
    const shared = node.tiedTo === undefined ? undefined : this.layers.find((layer) => layer.node === node.tiedTo);
    const inputs = Object.keys(declaration.inputs).flatMap((port) => known.inputs[port] ?? []);
    const output = known.output ?? NO_TENSOR;
    const spelling = writeKeras(declaration, { params: known.params, inputs, output });
    const given = outputsOf(node, known.params);
    const options = declaration.keras.callOptions?.(known.params);
    if (shared) {
      if (shared.callOptions || options)
        shared.callOptions = [...(shared.callOptions ?? shared.calls.map(() => ({}))), options ?? {}];
      shared.calls.push(sources);
      // One class for both: that of the layer that knows the other's weights.
      if (declaration.tiesTo?.includes(this.node(shared.node).type)) shared.className = spelling.className;
      if (spelling.call) shared.written?.push(spelling.call);
      this.keep(id, shared, given);
      return;
    }
    const many = Object.values(declaration.inputs).some((port) => port.many);
    const layer: KerasLayer = {
      name: this.names.get(id) ?? id,
      className: spelling.className,
      config: spelling.config,
      trainable: node.trainable !== false,
      calls: declaration.role === 'input' ? [] : [sources],
      ports,
      takes: declaration.keras.call ?? (many ? 'list' : 'arguments'),
      ...(options && { callOptions: [options] }),
      custom: spelling.custom ?? declaration.keras.custom ?? false,
      ...(declaration.keras.module !== undefined && { module: declaration.keras.module }),
      ...(spelling.call && { written: [spelling.call] }),
      ...(spelling.foreign && { foreign: spelling.foreign }),
      outputs: given.map((port) => toNullable(known.outputs[port]?.shape ?? [])),
      node: id,
    };
    this.layers.push(layer);
    this.keep(id, layer, given);
    if (declaration.role === 'input') this.inputs.push(inputOf(id, known.params, output));
    if (output.squashed) this.endings.set(id, { squashed: output.squashed, layer });
    for (const weight of known.weights) {
      this.weights.push({
        name: `${layer.name}/${weight.name}`,
        node: id,
        layer: layer.name,
        weight: weight.name,
        shape: weight.shape.map((dim) => (isKnown(dim) ? dim : 0)),
        trainable: weight.trainable && layer.trainable,
        initializer: weight.initializer,
        ...(weight.fans && { fans: weight.fans }),
        ...(weight.ones && { ones: weight.ones }),
        penalty: weight.penalty ?? { l1: 0, l2: 0 },
        constraint: weight.constraint ?? null,
      });
    }
  }

  /** Notes what the latest call of a layer returns, in the order of the node's ports. */
  private keep(id: NodeId, { name, calls }: KerasLayer, outputs: readonly string[]): void {
    const call = Math.max(0, calls.length - 1);
    const ports = outputs.map((port, tensor) => [port, { layer: name, call, tensor }] as const);
    this.tensors.set(id, Object.fromEntries(ports));
  }

  private addLoss(id: NodeId): CompiledLoss {
    const node = this.node(id);
    const declaration = layerOf(node.type);
    const params = declaration ? resolveParams(declaration, node.params).params : {};
    const [prediction] = this.wires(id, 'in');
    if (!prediction) throw new CompileError(`Nothing is wired to the loss “${id}”.`);
    const [target] = this.wires(id, 'target');
    const source = prediction.from[0];
    const drawn = this.tensorAt(prediction.from);
    const ending = params.from === 'probabilities' ? this.endings.get(source) : undefined;
    const wanted = params.mode === 'binary' ? 'sigmoid' : 'softmax';
    const unsquashed = ending?.squashed === wanted ? this.withoutEnding(source, ending) : null;
    return {
      node: id,
      type: node.type,
      params: params as Record<string, Json>,
      weight: Number(params.weight ?? 1),
      sampleWeights: typeof params.sampleWeights === 'string' ? params.sampleWeights : null,
      prediction: this.output(unsquashed ?? drawn),
      target: target ? { output: this.output(this.tensorAt(target.from)) } : { field: String(params.target) },
      logits: unsquashed && ending ? ending.squashed : null,
    };
  }

  /**
   * What a node computes before its final softmax or sigmoid. A layer with an activation of its own is
   * split in two, the second under the name `…_activation`, so that weights keep their names.
   */
  private withoutEnding(id: NodeId, { layer, squashed }: Ending): KerasTensor | null {
    const here = this.tensorAt([id, 'out']);
    if (layer.className === 'Activation' || layer.className === 'Softmax') return layer.calls[here.call]?.[0] ?? null;
    const split = this.layers.find(({ name }) => name === `${layer.name}_activation`);
    if (split) return split.calls[0]?.[0] ?? null;
    const linear = withoutActivation(layer.config);
    if (!linear || layer.calls.length !== 1 || this.feedsOthers(id)) return null;
    layer.config = linear;
    this.layers.push({
      name: `${layer.name}_activation`,
      className: 'Activation',
      config: { activation: squashed },
      trainable: true,
      calls: [[here]],
      ports: ['in'],
      takes: 'arguments',
      custom: false,
      outputs: layer.outputs,
      node: id,
    });
    return here;
  }

  /** Whether something besides losses takes a node's output. */
  private feedsOthers(id: NodeId): boolean {
    return (this.inference.outgoing.get(id) ?? []).some(({ to }) => layerOf(this.node(to[0]).type)?.role !== 'loss');
  }

  /** What leads nowhere is an output, too. */
  private isLooseEnd(id: NodeId, port: string): boolean {
    const outgoing = this.inference.outgoing.get(id) ?? [];
    // Of a layer with several outputs, those beside the main one are there to be taken or left.
    const used = port === 'out' ? outgoing.length > 0 : true;
    return !used && layerOf(this.node(id).type)?.role !== 'input';
  }

  /** The index of a tensor among the outputs, added where it is new. */
  private output(tensor: KerasTensor): number {
    const at = this.outputs.findIndex(
      (other) => other.layer === tensor.layer && other.call === tensor.call && other.tensor === tensor.tensor,
    );
    return at >= 0 ? at : this.outputs.push(tensor) - 1;
  }
}

/** The settings of a layer, or of the one inside it, with no activation; null where it has none that could be left out. */
function withoutActivation(config: Record<string, Json>): Record<string, Json> | null {
  if ('activation' in config) return { ...config, activation: 'linear' };
  const inner = innerOf(config);
  const linear = inner && !/^(Activation|Softmax)$/.test(inner.className) ? withoutActivation(inner.config) : null;
  return linear && { ...config, layer: { ...(config.layer as Record<string, Json>), config: linear } };
}

/** A topological order that also holds every owner before its tied nodes. */
function orderWith(
  order: readonly NodeId[],
  inference: FlatInference,
  after: ReadonlyMap<NodeId, readonly NodeId[]>,
): NodeId[] {
  const owners = new Map([...after].flatMap(([owner, tied]) => tied.map((id) => [id, owner] as const)));
  const sorted: NodeId[] = [];
  const state = new Map<NodeId, 'open' | 'done'>();
  const visit = (id: NodeId): void => {
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open') throw new CompileError(`“${id}” is tied to a layer that needs its output first.`);
    state.set(id, 'open');
    const owner = owners.get(id);
    if (owner !== undefined) visit(owner);
    for (const { from } of inference.incoming.get(id) ?? []) visit(from[0]);
    state.set(id, 'done');
    sorted.push(id);
  };
  for (const id of order) visit(id);
  return sorted;
}

function inputOf(node: NodeId, params: Readonly<Record<string, unknown>>, output: Tensor): CompiledInput {
  return { node, field: String(params.field), shape: toNullable(output.shape.slice(1)), dtype: output.dtype };
}

/** Keras refuses `/` in names, and TensorFlow scopes must begin with a letter, a digit or a dot. */
const kerasName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/^[^A-Za-z0-9.]+|_+$/g, '');

/** One name a node, from what people see; unique. */
function layerNames(document: NetworkDocument): Map<NodeId, string> {
  const taken = new Set<string>();
  const names = new Map<NodeId, string>();
  // A tied node is a call of another's layer, so it takes no name from those that are layers.
  const nodes = Object.entries(document.graph.nodes);
  const layers = nodes.filter(([, { tiedTo }]) => tiedTo === undefined);
  for (const [id, node] of [...layers, ...nodes.filter(([, { tiedTo }]) => tiedTo !== undefined)]) {
    const stem = kerasName(nameOf(id, node)) || 'layer';
    let name = stem;
    for (let count = 2; taken.has(name) || taken.has(`${name}_activation`); count++) name = `${stem}_${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}
