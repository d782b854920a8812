/**
 * A layered layout of our own, for when the layout worker cannot be had: ranks by the longest way, an order
 * within each rank by barycentres, ranks centred on one axis. Quick enough for the main thread.
 */
import type { Edge, NodeId, Point } from '@/document';
import { CARD, type Direction, PITCH } from '../geometry';

const SWEEPS = 4;

export function layered(
  ids: readonly NodeId[],
  edges: readonly Edge[],
  direction: Direction,
): ReadonlyMap<NodeId, Point> {
  const wires = forward(ids, edges);
  const ranks = inRanks(ids, wires);
  for (let sweep = 0; sweep < SWEEPS; sweep++) reorder(ranks, wires, sweep % 2 === 0);
  const { along, across } = PITCH[direction];
  const places = new Map<NodeId, Point>();
  for (const [rank, row] of ranks.entries()) {
    for (const [at, id] of row.entries()) {
      const beside = (at - (row.length - 1) / 2) * across;
      places.set(id, direction === 'down' ? [beside - CARD.width / 2, rank * along] : [rank * along, beside]);
    }
  }
  return places;
}

type Wire = readonly [from: NodeId, to: NodeId];

/** The wires without those that close a circle. Without recursion: a network may be ten thousand deep. */
function forward(ids: readonly NodeId[], edges: readonly Edge[]): Wire[] {
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

function inRanks(ids: readonly NodeId[], wires: readonly Wire[]): NodeId[][] {
  const out = group(wires, 0);
  const waiting = new Map<NodeId, number>(ids.map((id) => [id, 0]));
  for (const [, to] of wires) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const rank = new Map<NodeId, number>();
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (const id of ready) {
    const here = rank.get(id) ?? 0;
    rank.set(id, here);
    for (const to of out.get(id) ?? []) {
      rank.set(to, Math.max(rank.get(to) ?? 0, here + 1));
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  const ranks: NodeId[][] = [];
  for (const id of ids) {
    const row = rank.get(id) ?? 0;
    while (ranks.length <= row) ranks.push([]);
    ranks[row]?.push(id);
  }
  return ranks;
}

/** Sorts every rank by where its neighbours in the other ranks lie. */
function reorder(ranks: NodeId[][], wires: readonly Wire[], downwards: boolean): void {
  const neighbours = group(wires, downwards ? 1 : 0);
  const place = new Map<NodeId, number>();
  const note = (row: readonly NodeId[]) => {
    for (const [at, id] of row.entries()) place.set(id, at - (row.length - 1) / 2);
  };
  for (const row of ranks) note(row);
  for (const row of downwards ? ranks : [...ranks].reverse()) {
    const weight = new Map(
      row.map((id) => {
        const near = neighbours.get(id) ?? [];
        const sum = near.reduce((total, other) => total + (place.get(other) ?? 0), 0);
        return [id, near.length > 0 ? sum / near.length : (place.get(id) ?? 0)];
      }),
    );
    row.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
    note(row);
  }
}

/** Wires by one end: 0 from → to, 1 to → from. */
function group(wires: readonly Wire[], by: 0 | 1): Map<NodeId, NodeId[]> {
  const groups = new Map<NodeId, NodeId[]>();
  for (const wire of wires) {
    const others = groups.get(wire[by]);
    if (others) others.push(wire[by === 0 ? 1 : 0]);
    else groups.set(wire[by], [wire[by === 0 ? 1 : 0]]);
  }
  return groups;
}
