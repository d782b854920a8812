/** Writing a network as a list of layers, each wired to the one before unless it says otherwise. */
import {
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type Block,
  documentSchema,
  type Edge,
  type Graph,
  type Json,
  layered,
  type NetworkDocument,
  type NetworkNode,
  type Training,
} from '@/document';

/** A node's first output, `conv1`, or one by name, `lstm:state`. */
type Source = string;

type Sources = Source | readonly Source[];

/** One node with what is wired into it. */
export interface Link extends Omit<NetworkNode, 'at'> {
  id: string;
  /** Into the port `in`, or by port: `{ query: 'x', value: 'memory' }`. Absent: the node before. */
  from?: Sources | Readonly<Record<string, Sources>>;
}

/** Nodes, wires and places of a list of layers: what is drawn first comes first where several wires meet. */
function graphOf(links: readonly Link[]): Graph {
  const nodes: Record<string, NetworkNode> = {};
  const edges: Edge[] = [];
  for (const [at, { id, from, ...node }] of links.entries()) {
    if (Object.hasOwn(nodes, id)) throw new Error(`Two nodes are called “${id}”.`);
    nodes[id] = node;
    for (const [port, sources] of Object.entries(portsOf(from ?? links[at - 1]?.id ?? []))) {
      for (const source of [sources].flat()) {
        const [node = '', output = 'out'] = source.split(':');
        edges.push({ from: [node, output], to: [id, port] });
      }
    }
  }
  const places = layered(Object.keys(nodes), edges, 'down');
  for (const [id, node] of Object.entries(nodes)) nodes[id] = { ...node, at: [...(places.get(id) ?? [0, 0])] };
  return { nodes, edges };
}

const portsOf = (from: NonNullable<Link['from']>): Readonly<Record<string, Sources>> =>
  typeof from === 'string' || Array.isArray(from)
    ? { in: from as Sources }
    : (from as Readonly<Record<string, Sources>>);

interface BlockFacts {
  title: string;
  note?: string;
  /** Parameters with their defaults. */
  params?: Record<string, Json>;
  /** Where it has no ports of its own, `in` leads into the first layer and the last leads to `out`. */
  links: readonly Link[];
}

export function block({ links, ...facts }: BlockFacts): Block {
  const hasPorts = links.some(({ type }) => type === BLOCK_INPUT);
  const inside = hasPorts ? links : [{ id: 'in', type: BLOCK_INPUT }, ...links, { id: 'out', type: BLOCK_OUTPUT }];
  return { ...facts, graph: graphOf(inside) };
}

interface NetworkFacts {
  links: readonly Link[];
  blocks?: Readonly<Record<string, Block>>;
  training?: Partial<Training>;
}

export const network = (name: string, { links, blocks, training = {} }: NetworkFacts): NetworkDocument =>
  documentSchema.parse({
    format: 'tensorloom',
    version: 1,
    name,
    graph: graphOf(links),
    ...(blocks && { blocks }),
    training,
  });
