/** Whether a wire or a layer fits, asked before anything is changed: a dry run of one node. */
import type { Edge, Endpoint, NetworkDocument, NodeId } from '@/document';
import { type LayerDeclaration, layerIn, layerOf, outputsOf, resolveParams, type Tensor } from '@/layers';
import { rankProblem } from './evaluate';
import { forRule } from './rules';
import { downstreamOf } from './topology';
import type { Inference } from './types';

/**
 * Why a wire cannot be drawn, in one sentence; null where it fits or cannot be judged yet.
 * A wire already in a single-wire port would be replaced.
 * @param without a node to be thought away, with its wires
 */
export function refusalToConnect(
  document: NetworkDocument,
  inference: Inference,
  from: Endpoint,
  to: Endpoint,
  without?: NodeId,
): string | null {
  const { nodes } = document.graph;
  const [source, target] = [nodes[from[0]], nodes[to[0]]];
  if (!source || !target) return 'There is nothing to wire.';
  if (from[0] === to[0]) return 'A layer cannot feed itself.';
  const ends = layerOf(source.type)?.role;
  if (ends === 'loss') return 'A loss ends the network: nothing comes after it.';
  if (ends === 'blockOutput') return 'What leaves the block goes on outside it.';
  const layer = layerIn(document, target.type);
  const port = layer?.inputs[to[1]];
  if (!layer) return null;
  if (!port) {
    if (layer.role === 'input') return 'An input reads the data set and takes no wire.';
    if (layer.role === 'blockInput') return 'What comes in here is wired to the block outside.';
    return `${layer.title} has no input “${to[1]}”.`;
  }
  if (downstreamOf(to[0], inference.outgoing).has(from[0])) return 'This would make a circle.';
  const tensor = inference.nodes.get(from[0])?.outputs[from[1]];
  // Whether a block can do with a tensor is for all its layers to say, once it is wired.
  if (!tensor || layer.role?.startsWith('block')) return null;
  const kept = (inference.incoming.get(to[0]) ?? []).filter(
    (edge) =>
      edge.from[0] !== without &&
      (edge.to[1] !== to[1] || port.many) &&
      !(edge.from[0] === from[0] && edge.to[1] === to[1]),
  );
  return refusalOf(layer, settingsOf(inference, to[0], target.params), [...kept, { from, to }], inference);
}

type Given = Parameters<typeof resolveParams>[1];

/** Within a block, a node's hyperparameters have values only once the block's parameters have. */
function settingsOf(inference: Inference, id: NodeId, written: Given): Given {
  const opened = inference.openedId(id);
  return (opened === undefined ? undefined : inference.opened.document.graph.nodes[opened]?.params) ?? written;
}

/** Runs one layer's rule over the tensors of given wires. Unknown or missing inputs are not held against it. */
function refusalOf(layer: LayerDeclaration, given: Given, wires: readonly Edge[], inference: Inference): string | null {
  const tensors: Record<string, Tensor[]> = {};
  for (const { from, to } of wires) {
    const tensor = inference.nodes.get(from[0])?.outputs[from[1]];
    if (!tensor) return null;
    tensors[to[1]] = [...(tensors[to[1]] ?? []), tensor];
  }
  for (const [name, port] of Object.entries(layer.inputs)) {
    const present = tensors[name] ?? [];
    for (const tensor of present) {
      const rank = rankProblem(layer, name, port, tensor);
      if (rank) return rank.message;
    }
    if (present.length < (port.many ? 2 : 1) && !port.optional) return null;
  }
  const { params, problems } = resolveParams(layer, given);
  if (problems.length > 0) return null;
  // Which field a loss or input reads is no matter of the wire.
  const result = layer.infer({ params, inputs: forRule(layer, tensors), fields: undefined });
  return 'refusal' in result ? result.refusal.message : null;
}

/** Whether a layer of this type, at its defaults, can sit on a wire. */
export function canInsert(document: NetworkDocument, inference: Inference, edge: Edge, type: string): boolean {
  const layer = layerIn(document, type);
  const [source] = edge.from;
  if (!layer || !document.graph.nodes[source]) return false;
  // What a block makes of it shows once it is there.
  if (layer.role === 'block')
    return Object.keys(layer.inputs).length > 0 && outputsOf({ type }, null, layer).length > 0;
  if (layer.role || !layer.inputs.in) return false;
  return (
    layer.inputs.in.many === true || refusalOf(layer, {}, [{ from: edge.from, to: ['', 'in'] }], inference) === null
  );
}

/** Whether a layer of this type can follow an output. */
export function canFollow(document: NetworkDocument, inference: Inference, from: Endpoint, type: string): boolean {
  const layer = layerIn(document, type);
  if (!layer || layer.role === 'input') return false;
  const [port] = Object.keys(layer.inputs);
  if (layer.role?.startsWith('block')) return port !== undefined;
  return port !== undefined && refusalOf(layer, {}, [{ from, to: ['', port] }], inference) === null;
}

/** For deleting nodes: whether the wire may be healed around one of them. */
export const healsBetween =
  (document: NetworkDocument, inference: Inference) =>
  (from: Endpoint, to: Endpoint, removed: NodeId): boolean => {
    const existing = inference.incoming.get(to[0])?.some((edge) => edge.from[0] === from[0] && edge.to[1] === to[1]);
    return !existing && refusalToConnect(document, inference, from, to, removed) === null;
  };
