/**
 * Pure edits: a document in, a new document out, sharing all that did not change (so that history
 * is cheap and inference sees by identity what it must look at again). An edit that changes nothing
 * returns the very same document. Edits know ids and ports, not layers.
 */
import { noteChange } from './changes';
import type { Block, Edge, Endpoint, Graph, Json, NetworkDocument, NetworkNode, NodeId, Training } from './schema';

export type Point = readonly [x: number, y: number];

/** What a caller gives to add a node. */
export interface NewNode {
  type: string;
  params?: Record<string, Json>;
  name?: string;
  at?: Point;
}

export interface WithId {
  document: NetworkDocument;
  id: NodeId;
}

export interface WithIds {
  document: NetworkDocument;
  ids: NodeId[];
}

export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean => a[0] === b[0] && a[1] === b[1];

export const sameEdge = (a: Edge, b: Edge): boolean => sameEndpoint(a.from, b.from) && sameEndpoint(a.to, b.to);

/** A stable name for an edge, unique in its graph. */
export const edgeKey = (edge: Edge): string => JSON.stringify([edge.from, edge.to]);

const withGraph = (document: NetworkDocument, change: Partial<Graph>): NetworkDocument => ({
  ...document,
  graph: { ...document.graph, ...change },
});

/** The first free id of the form `conv2d1`, `conv2d2`, … */
export function freeId(graph: Graph, stem: string, taken: ReadonlySet<NodeId> = new Set()): NodeId {
  for (let count = 1; ; count++) {
    const id = `${stem}${count}`;
    if (!Object.hasOwn(graph.nodes, id) && !taken.has(id)) return id;
  }
}

/** Ids read well when they begin with the type's own word: `conv2d` → `conv`. */
const stemOf = (type: string): string =>
  type
    .replace(/^block:/, '')
    .replace(/\d+d$/i, '')
    .replace(/[^A-Za-z0-9]+/g, '') || 'node';

function toNode({ type, params, name, at }: NewNode): NetworkNode {
  return {
    type,
    ...(name !== undefined && { name }),
    ...(params !== undefined && Object.keys(params).length > 0 && { params }),
    ...(at !== undefined && { at: [at[0], at[1]] }),
  };
}

export function addNode(document: NetworkDocument, node: NewNode): WithId {
  const id = freeId(document.graph, stemOf(node.type));
  const nodes = { ...document.graph.nodes, [id]: toNode(node) };
  noteChange(nodes, document.graph.nodes, { added: [id] });
  return { document: withGraph(document, { nodes }), id };
}

/**
 * Wires an output to an input. `replace` takes away what was wired to that input before
 * (for ports that hold one wire). An existing wire is not doubled.
 */
export function connect(
  document: NetworkDocument,
  from: Endpoint,
  to: Endpoint,
  { replace = false }: { replace?: boolean } = {},
): NetworkDocument {
  const edge: Edge = { from, to };
  const { edges } = document.graph;
  if (edges.some((existing) => sameEdge(existing, edge))) return document;
  const kept = replace ? edges.filter((existing) => !sameEndpoint(existing.to, to)) : edges;
  return withGraph(document, { edges: [...kept, edge] });
}

export function disconnect(document: NetworkDocument, edge: Edge): NetworkDocument {
  const edges = document.graph.edges.filter((existing) => !sameEdge(existing, edge));
  return edges.length === document.graph.edges.length ? document : withGraph(document, { edges });
}

/** Puts a new node on a wire; the wire's place among its port's wires is kept. */
export function insertOnEdge(
  document: NetworkDocument,
  edge: Edge,
  node: NewNode,
  ports: { in: string; out: string } = { in: 'in', out: 'out' },
): WithId {
  const added = addNode(document, node);
  const edges = added.document.graph.edges.flatMap((existing): Edge[] =>
    sameEdge(existing, edge)
      ? [
          { from: edge.from, to: [added.id, ports.in] },
          { from: [added.id, ports.out], to: edge.to },
        ]
      : [existing],
  );
  return { document: withGraph(added.document, { edges }), id: added.id };
}

/** Whether two ends may be joined where a node between them is taken away. */
type Heals = (from: Endpoint, to: Endpoint, removed: NodeId) => boolean;

/**
 * Deletes nodes with their wires. Where a node had exactly one wire in, `heals` is asked for each
 * wire out whether the two ends may be joined instead.
 */
export function removeNodes(
  document: NetworkDocument,
  ids: Iterable<NodeId>,
  heals: Heals = () => false,
): NetworkDocument {
  const { graph, training } = document;
  const removed = new Set([...ids].filter((id) => Object.hasOwn(graph.nodes, id)));
  if (removed.size === 0) return document;
  let { edges } = graph;
  for (const id of removed) edges = withoutWiresOf(id, edges, heals);
  const nodes = { ...graph.nodes };
  for (const id of removed) delete nodes[id];
  const untied: NodeId[] = [];
  for (const id in nodes) {
    const { tiedTo, ...rest } = nodes[id] ?? { type: '' };
    if (tiedTo === undefined || !removed.has(tiedTo)) continue;
    nodes[id] = rest;
    untied.push(id);
  }
  noteChange(nodes, graph.nodes, { removed: [...removed], replaced: untied });
  const without = withGraph(document, { nodes, edges });
  const mentions = training.phases.some(({ minimise, train }) => mention(minimise, removed) || mention(train, removed));
  if (!mentions) return without;
  const phases = training.phases.map((phase) => ({
    ...phase,
    minimise: withoutIds(phase.minimise, removed),
    train: withoutIds(phase.train, removed),
  }));
  return { ...without, training: { ...training, phases } };
}

/** The wires without those of a node; what was wired through it may be joined, where it is not already. */
function withoutWiresOf(id: NodeId, edges: Edge[], heals: Heals): Edge[] {
  const into = edges.filter((edge) => edge.to[0] === id);
  const source = into.length === 1 ? into[0]?.from : undefined;
  const kept = edges.filter((edge) => edge.to[0] !== id && edge.from[0] !== id);
  if (kept.length === edges.length) return edges;
  if (!source || source[0] === id) return kept;
  const present = new Set(kept.filter(({ from }) => from[0] === source[0]).map(edgeKey));
  return edges.flatMap((edge): Edge[] => {
    if (edge.to[0] === id) return [];
    if (edge.from[0] !== id) return [edge];
    const healed: Edge = { from: source, to: edge.to };
    if (present.has(edgeKey(healed)) || !heals(source, edge.to, id)) return [];
    present.add(edgeKey(healed));
    return [healed];
  });
}

const mention = (list: 'all' | NodeId[], ids: ReadonlySet<NodeId>): boolean =>
  list !== 'all' && list.some((id) => ids.has(id));

const withoutIds = (list: 'all' | NodeId[], ids: ReadonlySet<NodeId>): 'all' | NodeId[] =>
  list === 'all' ? list : list.filter((id) => !ids.has(id));

function changeNode(
  document: NetworkDocument,
  id: NodeId,
  change: (node: NetworkNode) => NetworkNode,
): NetworkDocument {
  const node = document.graph.nodes[id];
  if (!node) return document;
  const next = change(node);
  if (next === node) return document;
  const nodes = { ...document.graph.nodes, [id]: next };
  noteChange(nodes, document.graph.nodes, { replaced: [id] });
  return withGraph(document, { nodes });
}

/** Sets hyperparameters; `undefined` returns one to its default. */
export function setParams(
  document: NetworkDocument,
  id: NodeId,
  params: Record<string, Json | undefined>,
): NetworkDocument {
  return changeNode(document, id, (node) => {
    const merged: Record<string, Json> = {};
    for (const [key, value] of Object.entries({ ...node.params, ...params })) {
      if (value !== undefined) merged[key] = value;
    }
    if (JSON.stringify(merged) === JSON.stringify(node.params ?? {})) return node;
    const { params: _before, ...rest } = node;
    return Object.keys(merged).length > 0 ? { ...rest, params: merged } : rest;
  });
}

/** Renames a node; an empty name falls back to its id. */
export function renameNode(document: NetworkDocument, id: NodeId, name: string): NetworkDocument {
  const wanted = name.trim();
  return changeNode(document, id, (node) => {
    if ((node.name ?? '') === wanted || (wanted === id && node.name === undefined)) return node;
    const { name: _before, ...rest } = node;
    return wanted === '' || wanted === id ? rest : { ...rest, name: wanted };
  });
}

export function setTrainable(document: NetworkDocument, id: NodeId, trainable: boolean): NetworkDocument {
  return changeNode(document, id, (node) => {
    if ((node.trainable ?? true) === trainable) return node;
    const { trainable: _before, ...rest } = node;
    return trainable ? rest : { ...rest, trainable };
  });
}

export function setNote(document: NetworkDocument, id: NodeId, note: string): NetworkDocument {
  return changeNode(document, id, (node) => {
    if ((node.note ?? '') === note) return node;
    const { note: _before, ...rest } = node;
    return note === '' ? rest : { ...rest, note };
  });
}

/** Moves nodes to new places, in canvas pixels. */
export function moveNodes(document: NetworkDocument, places: Readonly<Record<NodeId, Point>>): NetworkDocument {
  const nodes = { ...document.graph.nodes };
  const moved: NodeId[] = [];
  for (const [id, [x, y]] of Object.entries(places)) {
    const node = nodes[id];
    if (!node || (node.at?.[0] === x && node.at[1] === y)) continue;
    nodes[id] = { ...node, at: [x, y] };
    moved.push(id);
  }
  if (moved.length === 0) return document;
  noteChange(nodes, document.graph.nodes, { replaced: moved });
  return withGraph(document, { nodes });
}

export function renameDocument(document: NetworkDocument, name: string): NetworkDocument {
  return document.name === name ? document : { ...document, name };
}

export function setTraining(document: NetworkDocument, change: Partial<Training>): NetworkDocument {
  const training = { ...document.training, ...change };
  for (const key of Object.keys(change) as (keyof Training)[]) {
    if (training[key] === undefined) delete training[key];
  }
  return JSON.stringify(training) === JSON.stringify(document.training) ? document : { ...document, training };
}

/** A part of a graph by itself, with the blocks it needs: what the clipboard holds. */
export interface Fragment extends Graph {
  blocks?: Readonly<Record<string, Block>>;
}

/** The chosen nodes and the wires between them. */
export function copyNodes(document: NetworkDocument, ids: Iterable<NodeId>): Fragment {
  const chosen = new Set(ids);
  const { nodes, edges } = document.graph;
  return {
    nodes: Object.fromEntries(Object.entries(nodes).filter(([id]) => chosen.has(id))),
    edges: edges.filter((edge) => chosen.has(edge.from[0]) && chosen.has(edge.to[0])),
  };
}

/** Adds a fragment under fresh ids, moved by `offset`. Ties to nodes outside the fragment stay if those exist. */
export function pasteNodes(document: NetworkDocument, fragment: Fragment, offset: Point): WithIds {
  const renamed = new Map<NodeId, NodeId>();
  const taken = new Set<NodeId>();
  for (const [id, node] of Object.entries(fragment.nodes)) {
    const fresh = freeId(document.graph, stemOf(node.type), taken);
    taken.add(fresh);
    renamed.set(id, fresh);
  }
  const nodes = { ...document.graph.nodes };
  for (const [id, node] of Object.entries(fragment.nodes)) {
    const { tiedTo, at, ...rest } = node;
    const tie =
      tiedTo === undefined ? undefined : (renamed.get(tiedTo) ?? (Object.hasOwn(nodes, tiedTo) ? tiedTo : undefined));
    nodes[renamed.get(id) ?? id] = {
      ...rest,
      ...(at && { at: [at[0] + offset[0], at[1] + offset[1]] as [number, number] }),
      ...(tie !== undefined && { tiedTo: tie }),
    };
  }
  noteChange(nodes, document.graph.nodes, { added: [...renamed.values()] });
  const rename = ([id, port]: Endpoint): Endpoint => [renamed.get(id) ?? id, port];
  const edges = fragment.edges.map((edge): Edge => ({ from: rename(edge.from), to: rename(edge.to) }));
  return {
    document: withGraph(document, { nodes, edges: [...document.graph.edges, ...edges] }),
    ids: [...renamed.values()],
  };
}

/** Copies nodes beside themselves, with the wires between them and the wires into them. */
export function duplicateNodes(document: NetworkDocument, ids: Iterable<NodeId>, offset: Point = [40, 40]): WithIds {
  return pasteNodes(document, copyNodes(document, ids), offset);
}

/** Gives a tied node weights of its own again. */
export function untie(document: NetworkDocument, id: NodeId): NetworkDocument {
  return changeNode(document, id, (node) => {
    if (node.tiedTo === undefined) return node;
    const { tiedTo: _tie, ...rest } = node;
    return rest;
  });
}
