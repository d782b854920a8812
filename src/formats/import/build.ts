/** An imported model as a document: layers become nodes, calls wires, further calls ties, inner models are opened out. */
import {
  type Edge,
  type Endpoint,
  type Json,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
  readDocument,
} from '@/document';
import { type LayerDeclaration, layerOf, layerOfKeras, outputsOf, readKeras } from '@/layers';
import {
  type Argument,
  type Call,
  ImportError,
  type ImportedLayer,
  type ImportedModel,
  type Reference,
  referenceKey,
} from './model';

export interface Imported {
  document: NetworkDocument;
  /** What is not as in the file, in words. */
  notes: string[];
}

export const PLACEHOLDER = 'placeholder';

/** Layers of a model that was called, with the tensors that came in. */
interface Opening {
  /** Before every name: `encoder/`. */
  prefix: string;
  model: ImportedModel;
  /** What is wired to each input layer; null where the inputs are the network's own. */
  given: ReadonlyMap<string, Endpoint> | null;
  /** The prefix of the first call, whose weights are used again. */
  owner: string | null;
}

class Builder {
  readonly nodes = new Map<NodeId, NetworkNode>();
  readonly edges: Edge[] = [];
  readonly notes: string[] = [];
  private inputs = 0;

  constructor(private readonly manyInputs: boolean) {}

  /** Adds a model's nodes; gives the endpoints of its outputs. */
  open({ prefix, model, given, owner }: Opening): Endpoint[] {
    const tensors = new Map<string, Endpoint>();
    const pending: { layer: ImportedLayer; call: number }[] = [];
    for (const layer of model.layers) {
      if (layer.className !== 'InputLayer') {
        for (const call of layer.calls.keys()) pending.push({ layer, call });
        continue;
      }
      const wired = given?.get(layer.name);
      const end = wired ?? this.addInput(prefix + layer.name, layer);
      tensors.set(referenceKey({ layer: layer.name, call: 0, tensor: 0 }), end);
    }
    this.work(pending, tensors, { prefix, model, owner });
    return model.outputs.map((reference) => {
      const end = tensors.get(referenceKey(reference));
      if (!end) throw new ImportError(`The model’s output “${prefix}${reference.layer}” is never computed.`);
      return end;
    });
  }

  /** Call after call, each once what it needs is there: files list layers in any order. */
  private work(
    pending: { layer: ImportedLayer; call: number }[],
    tensors: Map<string, Endpoint>,
    { prefix, model, owner }: Omit<Opening, 'given'>,
  ): void {
    let left = pending;
    while (left.length > 0) {
      const waiting: typeof left = [];
      for (const item of left) {
        const call = item.layer.calls[item.call];
        const ends = call?.arguments.map(({ from }) => tensors.get(referenceKey(from)));
        if (!call || !ends || ends.some((end) => end === undefined)) {
          waiting.push(item);
          continue;
        }
        const outputs = this.addCall(item.layer, item.call, call, ends as Endpoint[], { prefix, model, owner });
        for (const [tensor, end] of outputs.entries()) {
          tensors.set(referenceKey({ layer: item.layer.name, call: item.call, tensor }), end);
        }
      }
      if (waiting.length === left.length) throw this.stuck(waiting, tensors, model, prefix);
      left = waiting;
    }
  }

  private stuck(
    waiting: readonly { layer: ImportedLayer; call: number }[],
    tensors: ReadonlyMap<string, Endpoint>,
    model: ImportedModel,
    prefix: string,
  ): ImportError {
    const known = new Map(model.layers.map((layer) => [layer.name, layer]));
    for (const { layer, call } of waiting) {
      for (const { from } of layer.calls[call]?.arguments ?? []) {
        if (tensors.has(referenceKey(from))) continue;
        const source = known.get(from.layer);
        if (!source)
          return new ImportError(`“${prefix}${layer.name}” is wired to “${from.layer}”, which is not in the file.`);
        if (from.call >= source.calls.length) {
          return new ImportError(`“${prefix}${layer.name}” is wired to a call of “${from.layer}” that does not exist.`);
        }
      }
    }
    return new ImportError(`The layers from “${prefix}${waiting[0]?.layer.name}” on run in a circle.`);
  }

  private addInput(name: string, { config }: ImportedLayer): Endpoint {
    const shape = shapeFrom(config.batch_shape ?? config.batch_input_shape);
    this.inputs += 1;
    const field = this.manyInputs ? { field: name.slice(0, 200) } : {};
    const id = this.add(name, { type: 'input', params: { ...field, ...(shape && { shape }) } });
    if (!shape) this.notes.push(`The file does not say the shape of the input “${name}”: give it one.`);
    return [id, 'out'];
  }

  private addCall(
    layer: ImportedLayer,
    at: number,
    call: Call,
    ends: readonly Endpoint[],
    { prefix, model, owner }: Omit<Opening, 'given'>,
  ): Endpoint[] {
    const name = prefix + layer.name + (at === 0 ? '' : `_call${at + 1}`);
    if (layer.inner) return this.openInner(layer, name, at, ends, { prefix, owner });
    const tiedTo = at > 0 ? prefix + layer.name : owner === null ? undefined : owner + layer.name;
    const node = this.nodeOf(layer, call, name, shapeOf(model, { layer: layer.name, call: at, tensor: 0 }));
    const tie = tiedTo !== undefined && node.type !== PLACEHOLDER && this.nodes.has(tiedTo) ? { tiedTo } : {};
    const id = this.add(name, { ...node, ...tie });
    const declaration = layerOf(node.type);
    for (const [index, port] of portsFor(declaration, call.arguments).entries()) {
      const end = ends[index];
      if (end) this.edges.push({ from: end, to: [id, port] });
    }
    return outputsOf(node).map((port): Endpoint => [id, port]);
  }

  private openInner(
    layer: ImportedLayer,
    name: string,
    at: number,
    ends: readonly Endpoint[],
    { prefix, owner }: Pick<Opening, 'prefix' | 'owner'>,
  ): Endpoint[] {
    const model = layer.inner as ImportedModel;
    if (model.inputs.length !== ends.length) {
      throw new ImportError(`“${name}” takes ${model.inputs.length} tensors, but is given ${ends.length}.`);
    }
    const given = new Map(model.inputs.map((input, index) => [input.layer, ends[index] as Endpoint]));
    const first = at > 0 ? `${prefix}${layer.name}/` : owner === null ? null : `${owner}${layer.name}/`;
    return this.open({ prefix: `${name}/`, model, given, owner: first });
  }

  private nodeOf(layer: ImportedLayer, call: Call, name: string, shape: (number | null)[] | null): NetworkNode {
    const declaration = layerOfKeras(layer.className);
    const frozen = layer.config.trainable === false ? { trainable: false } : {};
    const custom = layer.registeredName?.startsWith('tensorloom>') ?? false;
    const foreign = layer.registeredName !== null && layer.registeredName.includes('>') && !custom;
    const reading =
      declaration && !foreign
        ? readKeras(declaration, layer.className, layer.config, call.options)
        : { unsupported: 'There is no such layer here.' };
    if (declaration && 'params' in reading) {
      const { params } = reading;
      return { type: declaration.type, ...(Object.keys(params).length > 0 && { params }), ...frozen };
    }
    const reason = 'unsupported' in reading ? reading.unsupported : '';
    this.notes.push(`“${name}” (${layer.className}) is kept as a placeholder. ${reason}`);
    const params: Record<string, Json> = {
      className: layer.className,
      config: layer.config as Json,
      ...(layer.module !== null && { module: layer.module }),
      ...(layer.registeredName !== null && { registeredName: layer.registeredName }),
      ...(shape && { outputShape: shape.slice(1) }),
      reason,
    };
    return { type: PLACEHOLDER, params, ...frozen };
  }

  private add(name: string, node: NetworkNode): NodeId {
    const stem = idFrom(name);
    let id = stem;
    for (let count = 2; this.nodes.has(id); count++) id = `${stem}_${count}`;
    this.nodes.set(id, id === name ? node : { ...node, name: name.slice(0, 200) });
    return id;
  }
}

/** Ids may hold no control characters, and not be the one name that objects keep for themselves. */
const idFrom = (name: string): string => {
  const plain = name.replace(/\p{Cc}/gu, ' ').slice(0, 180);
  return plain === '' || plain === '__proto__' ? `layer ${plain.replaceAll('_', '')}`.trim() : plain;
};

const shapeOf = ({ shapes }: ImportedModel, reference: Reference): (number | null)[] | null => {
  const found = shapes.get(referenceKey(reference));
  return found ? [...found] : null;
};

/** Without the batch. Some files write a list of shapes, one for each input. */
function shapeFrom(value: Json | undefined): (number | null)[] | null {
  const list = Array.isArray(value) && Array.isArray(value[0]) ? value[0] : value;
  if (!Array.isArray(list) || list.length === 0) return null;
  return list.slice(1).map((size) => (typeof size === 'number' && size >= 1 ? size : null));
}

/** The port of each tensor of a call: by keyword where the declaration knows it, else in order. */
function portsFor(declaration: LayerDeclaration | undefined, given: readonly Argument[]): string[] {
  const ports = Object.keys(declaration?.inputs ?? { in: {} });
  const keywords = typeof declaration?.keras?.call === 'object' ? declaration.keras.call : {};
  const taken = new Set<string>();
  return given.map(({ keyword }) => {
    const many = ports.find((port) => declaration?.inputs[port]?.many);
    if (many !== undefined) return many;
    const free = ports.filter((port) => !taken.has(port));
    const named = free.find((port) => keyword !== null && (keywords[port] === keyword || port === keyword));
    const port = named ?? free[0] ?? ports.at(-1) ?? 'in';
    taken.add(port);
    return port;
  });
}

/** @throws ImportError where the wires make no network */
export function buildDocument(model: ImportedModel): Imported {
  const inputs = model.layers.filter(({ className }) => className === 'InputLayer').length;
  const builder = new Builder(inputs > 1);
  builder.open({ prefix: '', model, given: null, owner: null });
  const document = readDocument({
    format: 'tensorloom',
    version: 1,
    name: model.name.slice(0, 200) || 'model',
    graph: { nodes: Object.fromEntries(builder.nodes), edges: builder.edges },
  });
  return { document, notes: builder.notes };
}
