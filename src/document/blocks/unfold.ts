/** Opening out some instances where they stand, to look at, while the others stay cards. */
import type { Graph, NetworkDocument, NodeId } from '../schema';
import { flattenSome, type Path, type Scope, within } from './flatten';
import { blockIdOf, blockOf } from './ports';

/** Names an instance by where it is drawn: the same in all copies of the block around it. */
export const unfoldKey = (block: string | null, node: NodeId): string => JSON.stringify([block, node]);

/** An instance that is opened out. */
export interface Frame {
  id: NodeId;
  /** As `unfoldKey` has it. */
  key: string;
  path: Path;
  node: NodeId;
  copies: number;
  /** All nodes within, at any depth. */
  members: readonly NodeId[];
  /** How many frames lie within this one, one in the other. */
  height: number;
}

export interface Unfolded {
  /** Computes the same as the network it was made from. */
  document: NetworkDocument;
  frames: readonly Frame[];
  /** Where a node is drawn. */
  originOf(id: NodeId): { path: Path; block: string | null; node: NodeId } | undefined;
}

/** @param keys of the instances to open out; those that share weights with one of them are opened out, too */
export function unfold(document: NetworkDocument, keys: ReadonlySet<string>): Unfolded {
  const wanted = new Set(keys);
  const graphs: [string | null, Graph][] = [
    [null, document.graph],
    ...Object.entries(document.blocks ?? {}).map(([id, { graph }]): [string, Graph] => [id, graph]),
  ];
  for (const [block, graph] of graphs) {
    for (const group of sharing(document, graph)) {
      const all = group.map((id) => unfoldKey(block, id));
      if (all.some((key) => keys.has(key))) for (const key of all) wanted.add(key);
    }
  }
  const flat = flattenSome(document, (block, node) => wanted.has(unfoldKey(block, node)));
  return {
    document: flat.document,
    frames: framesIn(flat.root, ''),
    originOf(id) {
      const origin = flat.origins.get(id);
      return origin && { path: origin.scope.path, block: origin.scope.block, node: origin.node };
    },
  };
}

/** The instances of a graph that use the same weights, together. */
function sharing(document: NetworkDocument, { nodes }: Graph): NodeId[][] {
  const groups = new Map<NodeId, NodeId[]>();
  for (const [id, node] of Object.entries(nodes)) {
    if (blockIdOf(node.type) === null || !blockOf(document, node)) continue;
    const owner = node.tiedTo ?? id;
    groups.set(owner, [...(groups.get(owner) ?? []), id]);
  }
  return [...groups.values()];
}

function framesIn(scope: Scope, prefix: string): Frame[] {
  return [...scope.inside].flatMap(([node, copies]) => {
    const id = prefix + node;
    const inner = copies.flatMap((copy, at) => framesIn(copy, `${id}/${copies.length > 1 ? `${at + 1}/` : ''}`));
    const frame: Frame = {
      id,
      key: unfoldKey(scope.block, node),
      path: scope.path,
      node,
      copies: copies.length,
      members: copies.flatMap(within),
      height: inner.reduce((most, { height }) => Math.max(most, height + 1), 0),
    };
    return [frame, ...inner];
  });
}
