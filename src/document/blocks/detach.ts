/** Taking an instance apart: the layers that it stands for, in its place, computing what it computed. */
import { freeId } from '../edits';
import type { Edge, Endpoint, Graph, Json, NetworkDocument, NetworkNode, NodeId } from '../schema';
import { compose, type Environment } from './expressions';
import { copiesOf } from './flatten';
import { BLOCK_INPUT, BLOCK_OUTPUT, blockOf, portsOfBlock } from './ports';

const ROW = 120;

/**
 * @param around the parameters of the block whose graph the document shows; none for the network itself
 * @returns the new document with the nodes that came, or why it cannot be
 */
export function detachInstance(
  document: NetworkDocument,
  instance: NodeId,
  around: Environment = {},
): { document: NetworkDocument; ids: NodeId[] } | { refusal: string } {
  const { graph } = document;
  const node = graph.nodes[instance];
  const block = blockOf(document, node);
  if (!node || !block) return { refusal: 'This is no block that could be taken apart.' };
  const sharing = Object.entries(graph.nodes).find(([, { tiedTo }]) => tiedTo === instance);
  if (node.tiedTo !== undefined || sharing) {
    return { refusal: 'It shares its weights with another instance. Give it weights of its own first.' };
  }
  if (typeof node.repeat === 'string' && Object.keys(around).length > 0) {
    return { refusal: 'How often it is repeated depends on a parameter, so the number of layers is not fixed.' };
  }
  const copies = copiesOf(node, around);
  const taken = new Set<NodeId>();
  const { inputs, outputs } = portsOfBlock(block);
  const inner = Object.entries(block.graph.nodes).filter(
    ([, { type }]) => type !== BLOCK_INPUT && type !== BLOCK_OUTPUT,
  );
  const height = heightOf(block.graph) + ROW;
  const [left, top] = cornerOf(block.graph);
  const names = Array.from({ length: copies }, () => {
    const renamed = new Map<NodeId, NodeId>();
    for (const [id] of inner) {
      const fresh = Object.hasOwn(graph.nodes, id) || taken.has(id) ? freeId(graph, `${id}_`, taken) : id;
      taken.add(fresh);
      renamed.set(id, fresh);
    }
    return renamed;
  });
  const nodes: Graph['nodes'] = {};
  for (const [copy, renamed] of names.entries()) {
    const values = valuesIn(block.params ?? {}, node, copy);
    for (const [id, each] of inner) {
      const { at, tiedTo, ...rest } = withValues(each, values);
      const shared = node.shared && copy > 0 ? names[0]?.get(id) : undefined;
      const tie = tiedTo === undefined ? shared : ((node.shared ? names[0] : renamed)?.get(tiedTo) ?? tiedTo);
      nodes[renamed.get(id) ?? id] = {
        ...rest,
        ...(copies > 1 && { name: `${each.name ?? id} ${copy + 1}` }),
        ...(at &&
          node.at && {
            at: [node.at[0] + at[0] - left, node.at[1] + at[1] - top + copy * height] as [number, number],
          }),
        ...(tie !== undefined && { tiedTo: tie }),
        ...(node.trainable === false && { trainable: false }),
      };
    }
  }

  /** The outputs within the given copy, or before the block, that an endpoint stands for. */
  const sources = ([id, port]: Endpoint, copy: number, seen: ReadonlySet<string> = new Set()): Endpoint[] => {
    const plain = names[copy]?.get(id);
    if (plain !== undefined) return [[plain, port]];
    const key = `${copy} ${id}`;
    if (seen.has(key)) return [];
    const deeper = new Set([...seen, key]);
    if (copy > 0 && id === inputs[0] && outputs[0] !== undefined) return leaving(outputs[0], copy - 1, deeper);
    return graph.edges
      .filter(({ to }) => to[0] === instance && to[1] === id)
      .flatMap(({ from }) => (from[0] === instance ? leaving(from[1], copies - 1, deeper) : [from]));
  };
  const leaving = (port: string, copy: number, seen?: ReadonlySet<string>): Endpoint[] =>
    block.graph.edges.filter(({ to }) => to[0] === port).flatMap(({ from }) => sources(from, copy, seen));

  const edges: Edge[] = [];
  for (const edge of graph.edges) {
    if (edge.to[0] === instance) continue;
    if (edge.from[0] !== instance) edges.push(edge);
    else for (const from of leaving(edge.from[1], copies - 1)) edges.push({ from, to: edge.to });
  }
  for (const [copy, renamed] of names.entries()) {
    for (const { from, to } of block.graph.edges) {
      const target = renamed.get(to[0]);
      if (target !== undefined)
        for (const source of sources(from, copy)) edges.push({ from: source, to: [target, to[1]] });
    }
  }
  const { [instance]: _gone, ...rest } = graph.nodes;
  const ids = names.flatMap((renamed) => [...renamed.values()]);
  const training = {
    ...document.training,
    phases: document.training.phases.map((phase) => ({
      ...phase,
      minimise: named(phase.minimise, instance, names),
      train: named(phase.train, instance, names),
    })),
  };
  return { document: { ...document, graph: { nodes: { ...rest, ...nodes }, edges }, training }, ids };
}

/** A phase goes on naming the very nodes that it named. */
function named(
  list: 'all' | NodeId[],
  instance: NodeId,
  names: readonly ReadonlyMap<NodeId, NodeId>[],
): 'all' | NodeId[] {
  if (list === 'all') return list;
  return list.flatMap((id) => {
    if (id === instance) return names.flatMap((renamed) => [...renamed.values()]);
    for (const [copy, renamed] of names.entries()) {
      const prefix = names.length > 1 ? `${instance}/${copy + 1}/` : `${instance}/`;
      const fresh = id.startsWith(prefix) ? renamed.get(id.slice(prefix.length)) : undefined;
      if (fresh !== undefined) return [fresh];
    }
    return [id];
  });
}

/** What each parameter stands for in one copy, as written at the instance. */
function valuesIn(defaults: Environment, { params = {}, along = {} }: NetworkNode, copy: number): Environment {
  const varying = Object.entries(along).map(([name, values]) => [
    name,
    values[Math.min(copy, values.length - 1)] ?? null,
  ]);
  const values: Record<string, Json> = { ...defaults, ...params, ...Object.fromEntries(varying) };
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(defaults, name)));
}

function withValues(node: NetworkNode, values: Environment): NetworkNode {
  const { params, repeat, along } = node;
  return {
    ...node,
    ...(params && { params: compose(params, values) as Record<string, Json> }),
    ...(repeat !== undefined && { repeat: compose(repeat, values) as number | string }),
    ...(along && { along: compose(along, values) as Record<string, Json[]> }),
  };
}

const layersOf = ({ nodes }: Graph): [number, number][] =>
  Object.values(nodes).flatMap(({ at, type }) => (at && type !== BLOCK_INPUT && type !== BLOCK_OUTPUT ? [at] : []));

function heightOf(graph: Graph): number {
  const rows = layersOf(graph).map(([, y]) => y);
  return rows.length === 0 ? 0 : Math.max(...rows) - Math.min(...rows);
}

function cornerOf(graph: Graph): [number, number] {
  const places = layersOf(graph);
  if (places.length === 0) return [0, 0];
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}
