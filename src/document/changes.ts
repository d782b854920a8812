/**
 * What an edit did to the nodes, remembered beside the new node map. Whoever compares two documents can then
 * look at those nodes alone instead of at all. Nothing depends on it but speed: what is not remembered is compared.
 */
import type { Graph, NodeId } from './schema';

type Nodes = Graph['nodes'];

/** Added nodes stand behind all others; those that stay keep their order. */
interface Change {
  added?: readonly NodeId[];
  removed?: readonly NodeId[];
  replaced?: readonly NodeId[];
}

interface Step extends Change {
  /** Held weakly, or every document would keep alive all that it came from. */
  before: WeakRef<Nodes>;
}

const steps = new WeakMap<Nodes, Step>();

/** Says that `after` holds what `before` held, but for this. */
export function noteChange(after: Nodes, before: Nodes, change: Change): void {
  steps.set(after, { ...change, before: new WeakRef(before) });
}

/** What may differ between two node maps. */
export interface Difference {
  /** All that were added, removed or replaced. */
  ids: ReadonlySet<NodeId>;
  /** Whether added nodes stand behind all others. */
  appended: boolean;
}

/** How many edits apart two maps may be; a burst of edits between two looks is short. */
const REACH = 32;

/** In which nodes two maps may differ, whichever of the two came first; null where that is not known. */
export function changedBetween(before: Nodes, after: Nodes): Difference | null {
  return stepsFrom(before, after, 'forwards') ?? stepsFrom(after, before, 'backwards');
}

function stepsFrom(older: Nodes, newer: Nodes, way: 'forwards' | 'backwards'): Difference | null {
  const between: Step[] = [];
  let nodes = newer;
  while (nodes !== older) {
    const step = steps.get(nodes);
    const before = step?.before.deref();
    if (!step || !before || between.length === REACH) return null;
    between.unshift(step);
    nodes = before;
  }
  const ids = new Set<NodeId>();
  const gone = new Set<NodeId>();
  let appended = true;
  for (const { added = [], removed = [], replaced = [] } of between) {
    for (const id of [...added, ...removed, ...replaced]) ids.add(id);
    // Seen backwards it comes back where it was; one that was taken away and added anew has changed its place.
    if (way === 'backwards' && removed.length > 0) appended = false;
    if (added.some((id) => gone.has(id))) appended = false;
    for (const id of removed) gone.add(id);
  }
  return { ids, appended };
}
