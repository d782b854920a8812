/** What is selected: nodes by id, wires by `edgeKey`. */
import { create } from 'zustand';
import type { NodeId } from '@/document';

interface SelectionStore {
  nodes: ReadonlySet<NodeId>;
  edges: ReadonlySet<string>;
  /** Selects exactly these nodes. */
  select(ids: Iterable<NodeId>): void;
  toggle(id: NodeId): void;
  selectEdge(key: string): void;
  clear(): void;
}

const NOTHING: ReadonlySet<string> = new Set();

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));

export const useSelection = create<SelectionStore>((set, get) => ({
  nodes: NOTHING,
  edges: NOTHING,
  select(ids) {
    const nodes = new Set(ids);
    if (same(nodes, get().nodes) && get().edges.size === 0) return;
    set({ nodes, edges: NOTHING });
  },
  toggle(id) {
    const nodes = new Set(get().nodes);
    if (!nodes.delete(id)) nodes.add(id);
    set({ nodes, edges: NOTHING });
  },
  selectEdge: (key) => set({ nodes: NOTHING, edges: new Set([key]) }),
  clear() {
    if (get().nodes.size + get().edges.size > 0) set({ nodes: NOTHING, edges: NOTHING });
  },
}));
