/** Making a block of chosen nodes: the wires that cross become its ports, and nothing that is computed changes. */
import { freeId } from '../edits';
import type { Block, Edge, Endpoint, Graph, Json, NetworkDocument, NetworkNode, NodeId } from '../schema';
import { freeBlockId } from './define';
import { isExpression } from './expressions';
import { BLOCK_INPUT, BLOCK_OUTPUT, blockType } from './ports';

/** The room between a port and the nodes within, in canvas pixels. */
const ROW = 120;

export interface Grouped {
  document: NetworkDocument;
  block: string;
  /** The instance that stands in the nodes' place. */
  instance: NodeId;
}

/**
 * @param around the block whose graph the document shows, where it shows one: its parameters go along
 * @returns the new document, or why the nodes cannot be a block
 */
export function groupNodes(
  document: NetworkDocument,
  ids: Iterable<NodeId>,
  title: string,
  around: Block | null = null,
): Grouped | { refusal: string } {
  const { graph } = document;
  const chosen = new Set([...ids].filter((id) => Object.hasOwn(graph.nodes, id)));
  const refusal = refusalToGroup(graph, chosen);
  if (refusal !== null) return { refusal };
  const block = freeBlockId(document, title);
  const instance = freeId(graph, stemOf(title));
  const inner = innerGraph(graph, chosen);
  const params = paramsUsed(inner.nodes, around?.params ?? {});
  const place = middle(graph, chosen);
  const node: NetworkNode = {
    type: blockType(block),
    ...(place && { at: place }),
    ...(Object.keys(params).length > 0 && {
      params: Object.fromEntries(Object.keys(params).map((name) => [name, name])),
    }),
  };
  const definition: Block = {
    title,
    ...(Object.keys(params).length > 0 && { params }),
    graph: { nodes: inner.nodes, edges: inner.edges },
  };
  const nodes: Graph['nodes'] = {};
  for (const [id, other] of Object.entries(graph.nodes)) if (!chosen.has(id)) nodes[id] = other;
  nodes[instance] = node;
  const edges = outerEdges(graph, chosen, inner, instance);
  const phases = document.training.phases.map((phase) => ({
    ...phase,
    minimise: moved(phase.minimise, chosen, instance),
    train: moved(phase.train, chosen, instance),
  }));
  return {
    document: {
      ...document,
      graph: { nodes, edges },
      blocks: { ...document.blocks, [block]: definition },
      training: { ...document.training, phases },
    },
    block,
    instance,
  };
}

const stemOf = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'block';

/** A phase goes on naming the very nodes it named, by where they lie now. */
const moved = (list: 'all' | NodeId[], chosen: ReadonlySet<NodeId>, instance: NodeId): 'all' | NodeId[] =>
  list === 'all' ? list : list.map((id) => (chosen.has(id) ? `${instance}/${id}` : id));

function refusalToGroup({ nodes }: Graph, chosen: ReadonlySet<NodeId>): string | null {
  if (chosen.size === 0) return 'Choose the layers that are to be a block.';
  for (const id of chosen) {
    const type = nodes[id]?.type;
    if (type === BLOCK_INPUT || type === BLOCK_OUTPUT)
      return 'The ports of this block stay where they are: choose layers only.';
  }
  for (const [id, { tiedTo, name }] of Object.entries(nodes)) {
    if (tiedTo === undefined || chosen.has(id) === chosen.has(tiedTo)) continue;
    const other = nodes[tiedTo]?.name ?? tiedTo;
    return `“${name ?? id}” shares the weights of “${other}”: both go into the block, or neither.`;
  }
  return null;
}

interface Inner extends Graph {
  /** The port that each output from outside comes in by, by the endpoint's key. */
  inputs: ReadonlyMap<string, NodeId>;
  /** The port that each output from inside leaves by. */
  outputs: ReadonlyMap<string, NodeId>;
}

const keyOf = (endpoint: Endpoint): string => JSON.stringify(endpoint);

/** One value that enters is one port, wherever it is wired to within; the same for what leaves. */
function innerGraph(graph: Graph, chosen: ReadonlySet<NodeId>): Inner {
  const entering = new Map<string, Endpoint>();
  const leaving = new Map<string, Endpoint>();
  const fed = new Set<string>();
  for (const { from, to } of graph.edges) {
    if (chosen.has(from[0])) fed.add(from[0]);
    if (chosen.has(to[0]) && !chosen.has(from[0])) entering.set(keyOf(from), from);
    if (chosen.has(from[0]) && !chosen.has(to[0])) leaving.set(keyOf(from), from);
  }
  // What the network ends in is what the block is for.
  if (leaving.size === 0) {
    const receives = new Set(graph.edges.map(({ to }) => to[0]));
    for (const id of chosen) if (!fed.has(id) && receives.has(id)) leaving.set(keyOf([id, 'out']), [id, 'out']);
  }
  const taken = new Set(chosen);
  const inputs = portNames([...entering.keys()], 'in', taken);
  const outputs = portNames([...leaving.keys()], 'out', taken);
  const nodes: Graph['nodes'] = {};
  const { left, top, bottom } = boxOf(graph, chosen);
  for (const [at, port] of [...inputs.values()].entries())
    nodes[port] = portNode(BLOCK_INPUT, at, [left + at * 2 * ROW, top - ROW]);
  for (const id of chosen) {
    const node = graph.nodes[id];
    if (node) nodes[id] = node;
  }
  for (const [at, port] of [...outputs.values()].entries())
    nodes[port] = portNode(BLOCK_OUTPUT, at, [left + at * 2 * ROW, bottom + ROW]);
  const edges: Edge[] = [];
  for (const edge of graph.edges) {
    if (!chosen.has(edge.to[0])) continue;
    const port = inputs.get(keyOf(edge.from));
    edges.push(port === undefined || chosen.has(edge.from[0]) ? edge : { from: [port, 'out'], to: edge.to });
  }
  for (const [key, from] of leaving) edges.push({ from, to: [outputs.get(key) ?? '', 'in'] });
  return { nodes, edges, inputs, outputs };
}

function portNames(keys: readonly string[], stem: string, taken: Set<NodeId>): Map<string, NodeId> {
  return new Map(
    keys.map((key, at) => {
      let name = at === 0 ? stem : `${stem}${at + 1}`;
      while (taken.has(name)) name += '_';
      taken.add(name);
      return [key, name];
    }),
  );
}

const portNode = (type: string, index: number, at: [number, number]): NetworkNode => ({
  type,
  at,
  ...(index > 0 && { params: { index } }),
});

function outerEdges(graph: Graph, chosen: ReadonlySet<NodeId>, inner: Inner, instance: NodeId): Edge[] {
  const entered = new Set<NodeId>();
  return graph.edges.flatMap((edge): Edge[] => {
    const [into, out] = [chosen.has(edge.to[0]), chosen.has(edge.from[0])];
    if (!into && !out) return [edge];
    if (into && out) return [];
    if (out) return [{ from: [instance, inner.outputs.get(keyOf(edge.from)) ?? ''], to: edge.to }];
    const port = inner.inputs.get(keyOf(edge.from)) ?? '';
    if (entered.has(port)) return [];
    entered.add(port);
    return [{ from: edge.from, to: [instance, port] }];
  });
}

/** Those parameters of the block around that the nodes speak of, with their defaults. */
function paramsUsed(nodes: Graph['nodes'], around: Readonly<Record<string, Json>>): Record<string, Json> {
  const used = Object.entries(around).filter(([name, value]) =>
    Object.values(nodes).some(({ params, repeat, along }) =>
      mentions([params ?? {}, repeat ?? 1, along ?? {}], { [name]: value }),
    ),
  );
  return Object.fromEntries(used);
}

function mentions(value: Json, environment: Readonly<Record<string, Json>>): boolean {
  if (typeof value === 'string') return isExpression(value, environment);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item) => mentions(item, environment));
}

function boxOf({ nodes }: Graph, chosen: ReadonlySet<NodeId>): { left: number; top: number; bottom: number } {
  const places = [...chosen].flatMap((id) => (nodes[id]?.at ? [nodes[id].at] : []));
  if (places.length === 0) return { left: 0, top: 0, bottom: 0 };
  return {
    left: Math.min(...places.map(([x]) => x)),
    top: Math.min(...places.map(([, y]) => y)),
    bottom: Math.max(...places.map(([, y]) => y)),
  };
}

function middle({ nodes }: Graph, chosen: ReadonlySet<NodeId>): [number, number] | null {
  const places = [...chosen].flatMap((id) => (nodes[id]?.at ? [nodes[id].at] : []));
  if (places.length === 0) return null;
  const mean = (axis: 0 | 1): number => {
    const values = places.map((place) => place[axis]);
    return Math.round((Math.min(...values) + Math.max(...values)) / 2);
  };
  return [mean(0), mean(1)];
}
