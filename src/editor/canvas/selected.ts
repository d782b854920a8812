/** What can be done with whatever is selected, each as one labelled edit. */
import {
  disconnect,
  duplicateNodes,
  edgeKey,
  moveNodes,
  type NetworkDocument,
  type NodeId,
  type Point,
  removeNodes,
} from '@/document';
import { healsBetween } from '@/inference';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { titleOf } from './flow/label';
import { useFlow } from './flow/store';

export const countOf = (count: number): string => (count === 1 ? '1 layer' : `${count} layers`);

/** “Conv2D”, or “3 layers”. */
export function wordFor(document: NetworkDocument, ids: Iterable<NodeId>): string {
  const chosen = [...ids];
  const node = chosen.length === 1 ? document.graph.nodes[chosen[0] ?? ''] : undefined;
  return node ? titleOf(document, node.type) : countOf(chosen.length);
}

/** Deletes the selected nodes, healing wires around them where that fits, and the selected wires. */
export function deleteSelection(verb = 'Delete'): void {
  const { nodes, edges } = useSelection.getState();
  const { document } = useNetwork.getState();
  const what = nodes.size > 0 ? wordFor(document, nodes) : edges.size === 1 ? 'wire' : `${edges.size} wires`;
  deleteItems(`${verb} ${what}`, nodes, edges);
}

export function deleteNodes(ids: Iterable<NodeId>): void {
  const chosen = new Set(ids);
  deleteItems(`Delete ${wordFor(useNetwork.getState().document, chosen)}`, chosen, new Set());
}

function deleteItems(label: string, nodes: ReadonlySet<NodeId>, edges: ReadonlySet<string>): void {
  const { document, inference, edit } = useNetwork.getState();
  const next = afterDeleting(document, inference, nodes, edges);
  if (next === document) return;
  const { select } = useSelection.getState();
  edit(label, () => next);
  select([...useSelection.getState().nodes].filter((id) => Object.hasOwn(next.graph.nodes, id)));
}

/**
 * Nodes go one at a time, in the order of the network: a chain of them is healed from its first neighbour on,
 * and whether a wire fits is asked with all of them thought away.
 */
function afterDeleting(
  document: NetworkDocument,
  inference: ReturnType<typeof useNetwork.getState>['inference'],
  nodes: ReadonlySet<NodeId>,
  edges: ReadonlySet<string>,
): NetworkDocument {
  let next = document;
  for (const edge of document.graph.edges) if (edges.has(edgeKey(edge))) next = disconnect(next, edge);
  const inOrder = inference.order.filter((id) => nodes.has(id));
  const heals = healsBetween(document, inference);
  return removeNodes(next, inOrder, (from, to, removed) => nodes.has(to[0]) || heals(from, to, removed));
}

export function duplicate(ids: Iterable<NodeId> = useSelection.getState().nodes): void {
  const { document, edit } = useNetwork.getState();
  const chosen = [...ids];
  const { document: next, ids: copies } = duplicateNodes(document, chosen);
  edit(`Duplicate ${wordFor(document, chosen)}`, () => next);
  useSelection.getState().select(copies);
}

/** Moves the selected nodes; steps in a row are one to undo. */
export function nudge([dx, dy]: Point): void {
  const { nodes } = useSelection.getState();
  const { document, edit } = useNetwork.getState();
  const places = Object.fromEntries(
    useFlow
      .getState()
      .nodes.filter(({ id }) => nodes.has(id))
      .map(({ id, position: { x, y } }) => [id, [x + dx, y + dy] as const]),
  );
  edit(`Move ${wordFor(document, nodes)}`, (current) => moveNodes(current, places), {
    coalesce: `nudge ${[...nodes].join(' ')}`,
  });
}

export const selectAll = (): void =>
  useSelection.getState().select(Object.keys(useNetwork.getState().document.graph.nodes));
