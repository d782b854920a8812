/** Which card lies how far down: the structure under a layered layout. */
import type { Edge, NodeId } from '../schema';

export type Wire = readonly [from: NodeId, to: NodeId];

/** The wires without those that close a circle. Without recursion: a network may be ten thousand deep. */
export function forward(ids: readonly NodeId[], edges: readonly Edge[]): Wire[] {
  const out = new Map<NodeId, NodeId[]>(ids.map((id) => [id, []]));
  for (const { from, to } of edges) if (out.has(to[0])) out.get(from[0])?.push(to[0]);
  const state = new Map<NodeId, 'open' | 'done'>();
  const kept: Wire[] = [];
  for (const root of ids) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const path = [{ id: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = out.get(top.id)?.[top.next++];
      if (target === undefined) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(target) !== 'open') {
        kept.push([top.id, target]);
        if (!state.has(target)) {
          state.set(target, 'open');
          path.push({ id: target, next: 0 });
        }
      }
    }
  }
  return kept;
}

/** Wires by one end: 0 from → to, 1 to → from. */
export function group(wires: readonly Wire[], by: 0 | 1): Map<NodeId, NodeId[]> {
  const groups = new Map<NodeId, NodeId[]>();
  for (const wire of wires) {
    const others = groups.get(wire[by]);
    if (others) others.push(wire[by === 0 ? 1 : 0]);
    else groups.set(wire[by], [wire[by === 0 ? 1 : 0]]);
  }
  return groups;
}

export interface Ranks {
  rankOf: ReadonlyMap<NodeId, number>;
  /** One longest way through the network, from its first card to its last. */
  spine: ReadonlySet<NodeId>;
}

/** Ranks by the longest way. What comes in late (a second input and all before it meets the rest) lies late, too. */
export function ranksOf(ids: readonly NodeId[], wires: readonly Wire[]): Ranks {
  const [out, into] = [group(wires, 0), group(wires, 1)];
  const order = inOrder(ids, out, into);
  const rankOf = new Map<NodeId, number>();
  for (const id of order) rankOf.set(id, 1 + most((into.get(id) ?? []).map((from) => rankOf.get(from) ?? 0)));
  const height = new Map<NodeId, number>();
  for (const id of [...order].reverse()) {
    height.set(id, 1 + most((out.get(id) ?? []).map((to) => height.get(to) ?? 0)));
  }
  const spine = spineOf(order, out, rankOf, height);
  // An input and its own way to where it meets the others: nothing else hangs on it, so it can lie right above.
  const free = new Set<NodeId>();
  for (const id of order) {
    const sources = into.get(id) ?? [];
    if (sources.every((from) => free.has(from)) && (out.get(id)?.length ?? 0) === 1) free.add(id);
  }
  for (const id of [...order].reverse()) {
    const [target] = free.has(id) ? (out.get(id) ?? []) : [];
    if (target !== undefined) rankOf.set(id, (rankOf.get(target) ?? 2) - 1);
  }
  return { rankOf, spine };
}

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), -1);

/** Kahn 1962, ends first; the wires have no circles. */
function inOrder(
  ids: readonly NodeId[],
  out: ReadonlyMap<NodeId, readonly NodeId[]>,
  into: ReadonlyMap<NodeId, readonly NodeId[]>,
): NodeId[] {
  const waiting = new Map(ids.map((id) => [id, into.get(id)?.length ?? 0]));
  const order = ids.filter((id) => waiting.get(id) === 0);
  for (const id of order) {
    for (const to of out.get(id) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}

function spineOf(
  order: readonly NodeId[],
  out: ReadonlyMap<NodeId, readonly NodeId[]>,
  rankOf: ReadonlyMap<NodeId, number>,
  height: ReadonlyMap<NodeId, number>,
): Set<NodeId> {
  const spine = new Set<NodeId>();
  let longest = 0;
  let at: NodeId | undefined;
  for (const id of order) {
    if (rankOf.get(id) !== 0 || (height.get(id) ?? 0) <= longest) continue;
    longest = height.get(id) ?? 0;
    at = id;
  }
  while (at !== undefined) {
    spine.add(at);
    const left: number = (height.get(at) ?? 0) - 1;
    at = out.get(at)?.find((to) => height.get(to) === left);
  }
  return spine;
}
