/** Adding layers, wired where that fits. Pure: a document in, a document with the new node out. */
import {
  addNode,
  connect,
  type Edge,
  type Endpoint,
  edgeKey,
  insertOnEdge,
  type NetworkDocument,
  type NodeId,
  type Point,
  type WithId,
} from '@/document';
import { canFollow, canInsert, type FieldsOf, type Inference, inferDocument } from '@/inference';
import { layerIn, outputsOf } from '@/layers';
import { OUT } from '../flow/ports';
import { type Direction, step } from '../geometry';
import { freePlace, placeBetween } from './place';

export interface Situation {
  document: NetworkDocument;
  inference: Inference;
  fields: FieldsOf;
  direction: Direction;
}

export interface Selected {
  nodes: ReadonlySet<NodeId>;
  edges: ReadonlySet<string>;
}

/** The port that a wire to a new layer ends in: its first. */
const firstPort = (document: NetworkDocument, type: string): string | undefined =>
  Object.keys(layerIn(document, type)?.inputs ?? { in: true })[0];

/** The port that a wire from a node begins in: its first; undefined where nothing comes out. */
const firstOutput = (document: NetworkDocument, node: { type: string }): string | undefined =>
  outputsOf(node, null, layerIn(document, node.type))[0];

/**
 * Adds a layer after what is selected: on the selected wire, else on or at the selected node's output.
 * With nothing selected, after the network's one open end. Where it does not fit, beside and unwired.
 * @param elsewhere where to put it when there is nothing to put it after
 */
export function addAfterSelection(situation: Situation, type: string, selected: Selected, elsewhere: Point): WithId {
  const { document, direction } = situation;
  const [wire] = selected.edges;
  const edge = document.graph.edges.find((candidate) => edgeKey(candidate) === wire);
  if (edge && canInsert(document, situation.inference, edge, type)) return insertLayer(situation, edge, type);
  const after = selected.nodes.size > 0 ? [...selected.nodes].at(-1) : edge ? edge.from[0] : openEnd(situation);
  const at = after === undefined ? undefined : document.graph.nodes[after]?.at;
  if (after === undefined || !at) return addNode(document, { type, at: freePlace(document, elsewhere, direction) });
  return addAfter(situation, after, type) ?? addNode(document, { type, at: beside(situation, at) });
}

/** After a node: on its one wire out where all still fits then, else as a branch of its own; null where it cannot follow. */
function addAfter(situation: Situation, after: NodeId, type: string): WithId | null {
  const { document, inference, fields } = situation;
  const [only, ...others] = inference.outgoing.get(after) ?? [];
  if (only && others.length === 0 && canInsert(document, inference, only, type)) {
    const inserted = insertLayer(situation, only, type);
    if (errorsIn(inferDocument(inserted.document, fields)) <= errorsIn(inference)) return inserted;
  }
  const node = document.graph.nodes[after];
  const port = node && firstOutput(document, node);
  if (port === undefined) return null;
  const from: Endpoint = [after, port];
  return canFollow(document, inference, from, type) ? addBehind(situation, from, type) : null;
}

/** Puts a layer on a wire and moves the rest along, so that nothing overlaps. */
export function insertLayer({ document, inference, direction }: Situation, edge: Edge, type: string): WithId {
  const { document: roomy, at } = placeBetween(document, inference, edge.from[0], edge.to[0], direction);
  return insertOnEdge(
    roomy,
    edge,
    { type, at },
    { in: firstPort(document, type) ?? 'in', out: firstOutput(document, { type }) ?? OUT },
  );
}

/** Adds a layer fed by an output. */
export function addBehind({ document, direction }: Situation, from: Endpoint, type: string, at?: Point): WithId {
  const start = document.graph.nodes[from[0]]?.at ?? [0, 0];
  const place = freePlace(document, at ?? step(start, direction, 1), direction);
  const added = addNode(document, { type, at: place });
  const port = firstPort(document, type);
  return port === undefined ? added : { ...added, document: connect(added.document, from, [added.id, port]) };
}

/** Adds a layer that feeds an input, in place of what fed it if it holds one wire. */
export function addBefore({ document, direction }: Situation, to: Endpoint, type: string, at?: Point): WithId {
  const end = document.graph.nodes[to[0]]?.at ?? [0, 0];
  const place = freePlace(document, at ?? step(end, direction, -1), direction);
  const added = addNode(document, { type, at: place });
  const port = firstOutput(document, { type });
  return port === undefined ? added : { ...added, document: wire(added.document, [added.id, port], to) };
}

/** Wires two ports; one that holds a single wire gives up the one it has. */
export function wire(document: NetworkDocument, from: Endpoint, to: Endpoint): NetworkDocument {
  const layer = layerIn(document, document.graph.nodes[to[0]]?.type ?? '');
  return connect(document, from, to, { replace: layer?.inputs[to[1]]?.many !== true });
}

const beside = ({ document, direction }: Situation, at: Point): Point =>
  freePlace(document, step(at, direction, 0, 1), direction);

/** The one output that feeds nothing and could. */
function openEnd({ document, inference }: Situation): NodeId | undefined {
  const open = Object.entries(document.graph.nodes).filter(
    ([id, node]) => firstOutput(document, node) !== undefined && (inference.outgoing.get(id)?.length ?? 0) === 0,
  );
  return open.length === 1 ? open[0]?.[0] : undefined;
}

const errorsIn = ({ problems }: Inference): number => problems.filter(({ severity }) => severity === 'error').length;
