/** What a block looks like from outside: the ports that its graph holds as nodes. */
import type { Block, Graph, NetworkDocument, NetworkNode, NodeId } from '../schema';

/** The node types that stand for a block's ports within its graph; the node's id is the port's name. */
export const BLOCK_INPUT = 'blockInput';
export const BLOCK_OUTPUT = 'blockOutput';

const PREFIX = 'block:';

/** The node type of a block's instances. */
export const blockType = (block: string): string => PREFIX + block;

/** The block that a node type names; null for layers. */
export const blockIdOf = (type: string): string | null => (type.startsWith(PREFIX) ? type.slice(PREFIX.length) : null);

/** The block that a node is an instance of; undefined for layers and for what is not defined. */
export function blockOf({ blocks }: NetworkDocument, node: NetworkNode | undefined): Block | undefined {
  const id = blockIdOf(node?.type ?? '');
  return id !== null && blocks && Object.hasOwn(blocks, id) ? blocks[id] : undefined;
}

export interface BlockPorts {
  inputs: readonly NodeId[];
  outputs: readonly NodeId[];
}

const known = new WeakMap<Graph['nodes'], BlockPorts>();

/** The ports in their order: by `index`, then by name. */
export function portsOfBlock({ graph: { nodes } }: Block): BlockPorts {
  let ports = known.get(nodes);
  if (!ports) {
    ports = { inputs: portsAmong(nodes, BLOCK_INPUT), outputs: portsAmong(nodes, BLOCK_OUTPUT) };
    known.set(nodes, ports);
  }
  return ports;
}

function portsAmong(nodes: Graph['nodes'], type: string): NodeId[] {
  return Object.entries(nodes)
    .filter(([, node]) => node.type === type)
    .sort(([a, first], [b, second]) => indexOf(first) - indexOf(second) || (a < b ? -1 : 1))
    .map(([id]) => id);
}

const indexOf = ({ params }: NetworkNode): number => (typeof params?.index === 'number' ? params.index : 0);
