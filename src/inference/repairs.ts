/** Turning a repair into an edit, and finding out which repairs work. */
import {
  addNode,
  connect,
  disconnect,
  type Edge,
  insertOnEdge,
  moveNodes,
  type NetworkDocument,
  type NodeId,
  type Path,
  type Point,
  removeNodes,
  setParams,
  untie,
} from '@/document';
import { layerOf, type Repair } from '@/layers';
import { healsBetween, refusalToConnect } from './connect';
import { downstreamOf, topologyOf } from './topology';
import type { Inference, Problem } from './types';

/** How far a row of layers lies below the one before it, in canvas pixels. */
const ROW = 120;

/**
 * The document with one repair of a problem applied; the same document where it no longer can be.
 * @param inference of the document
 */
export function applyRepair(
  document: NetworkDocument,
  problem: Problem,
  repair: Repair,
  inference: Inference,
): NetworkDocument {
  const { node } = problem;
  switch (repair.kind) {
    case 'setParams':
      return setParams(document, node, repair.params);
    case 'resetParam':
      return setParams(document, node, { [repair.param]: undefined });
    case 'untie':
      return untie(document, node);
    case 'remove':
      return removeNodes(document, [node], healsBetween(document, inference));
    case 'disconnect': {
      const edge = edgeInto(document, node, repair.port, repair.index);
      return edge ? disconnect(document, edge) : document;
    }
    case 'insertBefore': {
      const edge = edgeInto(document, node, repair.port, repair.index);
      return edge ? insertChain(document, edge, repair.layers) : document;
    }
    case 'mergeBefore':
      return mergeBefore(document, node, repair.port, repair.type);
    case 'resizeSource':
      return resizeSource(document, edgeInto(document, node, repair.port), repair.size);
    case 'setActivation':
      return setActivation(document, edgeInto(document, node, repair.port), repair.activation);
    case 'padSource':
      return padSource(document, edgeInto(document, node, repair.port, repair.index));
    case 'divideInputs':
      return divideInputs(document, repair.by);
    case 'connectOpen':
      return connectOpen(document, inference, node, repair.port);
  }
}

/**
 * Of the repairs a rule proposes, those after which the problem is gone and no more errors stand than before.
 * @param infer looks at a document afresh
 */
export function workingRepairs(
  document: NetworkDocument,
  problem: Problem,
  repairs: readonly Repair[],
  infer: (document: NetworkDocument) => Inference,
): Repair[] {
  const before = infer(document);
  const errorsBefore = before.problems.filter(isError).length;
  // Of several answers to the same question, the first that will do.
  let answered = false;
  return repairs.filter((repair) => {
    if (answered && repair.kind === 'divideInputs') return false;
    const repaired = applyRepair(document, problem, repair, before);
    if (repaired === document) return false;
    const after = infer(repaired).problems;
    // The same question about other sizes is no answer.
    const asked = repair.kind === 'divideInputs' ? sameQuestion : sameProblem;
    const works = !after.some((other) => asked(other, problem)) && after.filter(isError).length <= errorsBefore;
    if (works && repair.kind === 'divideInputs') answered = true;
    return works;
  });
}

const sameQuestion = (a: Problem, b: Problem): boolean =>
  a.node === b.node && samePath(a.path, b.path) && a.code === b.code && a.port === b.port;

const sameProblem = (a: Problem, b: Problem): boolean => sameQuestion(a, b) && a.message === b.message;

/** Steps of one way, however it is written. */
const samePath = (a: Path = [], b: Path = []): boolean =>
  a.length === b.length && a.every((step, at) => step.instance === b[at]?.instance && step.copy === b[at]?.copy);

const isError = ({ severity }: Problem): boolean => severity === 'error';

const edgeInto = ({ graph }: NetworkDocument, node: NodeId, port: string, index = 0): Edge | undefined =>
  graph.edges.filter(({ to }) => to[0] === node && to[1] === port)[index];

/** Moves a node and all it feeds down, so that new layers find room above it. */
export function makeRoom(document: NetworkDocument, node: NodeId, rows: number): NetworkDocument {
  const below = downstreamOf(node, topologyOf(document.graph).outgoing);
  const places: Record<NodeId, Point> = {};
  for (const id of below) {
    const at = document.graph.nodes[id]?.at;
    if (at) places[id] = [at[0], at[1] + rows * ROW];
  }
  return moveNodes(document, places);
}

function insertChain(
  document: NetworkDocument,
  edge: Edge,
  layers: readonly { type: string; params?: Parameters<typeof setParams>[2] }[],
): NetworkDocument {
  const [target] = edge.to;
  const place = document.graph.nodes[target]?.at;
  let next = makeRoom(document, target, layers.length);
  let wire = edge;
  for (const [row, { type, params }] of layers.entries()) {
    const at: Point | undefined = place && [place[0], place[1] + row * ROW];
    const inserted = insertOnEdge(next, wire, { type, ...(at && { at }) });
    next = params ? setParams(inserted.document, inserted.id, params) : inserted.document;
    wire = { from: [inserted.id, 'out'], to: edge.to };
  }
  return next;
}

function mergeBefore(document: NetworkDocument, node: NodeId, port: string, type: string): NetworkDocument {
  const wires = document.graph.edges.filter(({ to }) => to[0] === node && to[1] === port);
  if (wires.length < 2) return document;
  const at = document.graph.nodes[node]?.at;
  const added = addNode(makeRoom(document, node, 1), { type, ...(at && { at }) });
  let next = added.document;
  for (const wire of wires) next = connect(disconnect(next, wire), wire.from, [added.id, 'in']);
  return connect(next, [added.id, 'out'], [node, port]);
}

/** The nodes from a wire upwards along first inputs, the nearest first; each once, even on a circle. */
function* upstream(document: NetworkDocument, edge: Edge | undefined): Generator<NodeId> {
  const seen = new Set<NodeId>();
  for (let wire = edge; wire && !seen.has(wire.from[0]); wire = edgeInto(document, wire.from[0], 'in')) {
    seen.add(wire.from[0]);
    yield wire.from[0];
  }
}

/** The nearest layer upstream that chooses the size of its last axis, through layers that keep it. */
function resizeSource(document: NetworkDocument, edge: Edge | undefined, size: number): NetworkDocument {
  for (const source of upstream(document, edge)) {
    const layer = layerOf(document.graph.nodes[source]?.type ?? '');
    if (layer?.sizeParam) return setParams(document, source, { [layer.sizeParam]: size });
    if (!layer?.keepsShape) break;
  }
  return document;
}

function setActivation(document: NetworkDocument, edge: Edge | undefined, activation: string): NetworkDocument {
  if (!edge) return document;
  const [source] = edge.from;
  const type = document.graph.nodes[source]?.type ?? '';
  if (type === 'activation') return setParams(document, source, { function: activation });
  if (layerOf(type)?.params.activation) return setParams(document, source, { activation });
  return insertChain(document, edge, [{ type: 'activation', params: { function: activation } }]);
}

/** Padding “same” at every window on the way up, as far as the way feeds only this. */
function padSource(document: NetworkDocument, edge: Edge | undefined): NetworkDocument {
  let next = document;
  for (const source of upstream(document, edge)) {
    if (document.graph.edges.filter(({ from }) => from[0] === source).length > 1) break;
    const type = document.graph.nodes[source]?.type ?? '';
    if (layerOf(type)?.params.padding) next = setParams(next, source, { padding: 'same' });
  }
  return next;
}

/** Inputs that take any size take those that divide by a number, and by what they had to divide by before. */
function divideInputs(document: NetworkDocument, by: number): NetworkDocument {
  let next = document;
  for (const [id, { type, params }] of Object.entries(document.graph.nodes)) {
    const shape = params?.shape;
    if (layerOf(type)?.role !== 'input' || !Array.isArray(shape) || !shape.includes(null)) continue;
    const divisor = typeof params?.divisor === 'number' ? params.divisor : 1;
    if (divisor % by !== 0) next = setParams(next, id, { divisor: by });
  }
  return next;
}

/** The open output nearest above, among those that fit. */
function connectOpen(document: NetworkDocument, inference: Inference, node: NodeId, port: string): NetworkDocument {
  const here = document.graph.nodes[node]?.at ?? [0, 0];
  const distance = (id: NodeId): number => {
    const [x, y] = document.graph.nodes[id]?.at ?? [0, 0];
    return Math.hypot(x - here[0], y - here[1]) + (y > here[1] ? 1e6 : 0);
  };
  const open = inference.order
    .filter((id) => id !== node && (inference.outgoing.get(id)?.length ?? 0) === 0)
    .filter((id) => refusalToConnect(document, inference, [id, 'out'], [node, port]) === null)
    .sort((a, b) => distance(a) - distance(b));
  const [nearest] = open;
  return nearest === undefined ? document : connect(document, [nearest, 'out'], [node, port]);
}
