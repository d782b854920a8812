/** What an instance is told beside its parameters: how often it is repeated, what varies, whose weights it uses. */
import { noteChange } from '../changes';
import type { Json, NetworkDocument, NetworkNode, NodeId } from '../schema';

function changeNode(
  document: NetworkDocument,
  id: NodeId,
  change: (node: NetworkNode) => NetworkNode,
): NetworkDocument {
  const node = document.graph.nodes[id];
  const next = node && change(node);
  if (!node || !next || next === node) return document;
  const nodes = { ...document.graph.nodes, [id]: next };
  noteChange(nodes, document.graph.nodes, { replaced: [id] });
  return { ...document, graph: { ...document.graph, nodes } };
}

/** So many copies in a chain, as a number or an expression; 1 is no repetition, and takes all that goes with it away. */
export function setRepeat(document: NetworkDocument, id: NodeId, repeat: number | string): NetworkDocument {
  return changeNode(document, id, (node) => {
    if ((node.repeat ?? 1) === repeat) return node;
    const { repeat: _before, along, shared, ...rest } = node;
    return repeat === 1 ? rest : { ...rest, ...(along && { along }), ...(shared && { shared }), repeat };
  });
}

/** The values of a parameter along the copies; none: all copies have the instance's. */
export function setAlong(
  document: NetworkDocument,
  id: NodeId,
  name: string,
  values: readonly Json[] | null,
): NetworkDocument {
  return changeNode(document, id, (node) => {
    const { along = {}, ...rest } = node;
    const { [name]: before, ...others } = along;
    if (JSON.stringify(before ?? null) === JSON.stringify(values)) return node;
    const next = values && values.length > 0 ? { ...others, [name]: [...values] } : others;
    return Object.keys(next).length > 0 ? { ...rest, along: next } : rest;
  });
}

/** Whether all copies share the first one's weights. */
export function setShared(document: NetworkDocument, id: NodeId, shared: boolean): NetworkDocument {
  return changeNode(document, id, (node) => {
    if ((node.shared ?? false) === shared) return node;
    const { shared: _before, ...rest } = node;
    return shared ? { ...rest, shared } : rest;
  });
}

/**
 * Lets a node use another's weights. Where that one uses those of a third itself, they are the third's; what was tied
 * to the node goes with it.
 */
export function tie(document: NetworkDocument, id: NodeId, to: NodeId): NetworkDocument {
  const { nodes } = document.graph;
  const target = nodes[to];
  const owner = target?.tiedTo ?? to;
  if (!target || owner === id || to === id || !Object.hasOwn(nodes, owner)) return document;
  const followers = Object.keys(nodes).filter((other) => other === id || nodes[other]?.tiedTo === id);
  return followers.reduce(
    (next, other) => changeNode(next, other, (node) => (node.tiedTo === owner ? node : { ...node, tiedTo: owner })),
    document,
  );
}
