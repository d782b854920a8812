/**
 * Which nodes an edit replaced, remembered beside the new node map. Whoever compares two documents can then
 * look at those alone instead of at all. Nothing depends on it but speed: what is not remembered is compared.
 */
import type { Graph, NodeId } from './schema';

type Nodes = Graph['nodes'];

interface Change {
  before: Nodes;
  ids: readonly NodeId[];
}

const changes = new WeakMap<Nodes, Change>();

/** Says that `after` holds the same ids as `before`, and the same nodes but for these. */
export function noteReplaced(after: Nodes, before: Nodes, ids: readonly NodeId[]): void {
  changes.set(after, { before, ids });
}

/** How many edits back a comparison may reach; a burst of edits between two looks is short. */
const REACH = 32;

/** The nodes in which two maps of the same ids may differ; null where that is not known. */
export function replacedBetween(before: Nodes, after: Nodes): readonly NodeId[] | null {
  const ids: NodeId[] = [];
  let nodes = after;
  for (let step = 0; step < REACH; step++) {
    if (nodes === before) return ids;
    const change = changes.get(nodes);
    if (!change) return null;
    ids.push(...change.ids);
    nodes = change.before;
  }
  return null;
}
