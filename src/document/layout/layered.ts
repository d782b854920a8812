/**
 * A layered layout after Sugiyama, Tagawa & Toda 1981: ranks by the longest way, an order within each rank by
 * barycentres, and places such that the longest way runs straight and all else beside it. A wire over several
 * ranks keeps a lane free. Quick enough for the main thread.
 */
import type { Point } from '../edits';
import type { Edge, NodeId } from '../schema';
import { CARD, type Direction, PITCH } from './grid';
import { forward, group, ranksOf, type Wire } from './ranks';

const SWEEPS = 8;

/** A network with more long wires than this has no room for lanes. */
const MOST_LANES = 50_000;

/** Between two wires that run side by side. */
const LANE = 24;

/** A card, or the place where a long wire passes a rank. */
interface Item {
  /** Undefined for a wire's. */
  id: NodeId | undefined;
  /** How much it insists on running straight. */
  weight: number;
  above: Item[];
  below: Item[];
  /** Its place across the flow. */
  across: number;
}

const WEIGHT = { spine: 1e12, card: 1e4, wire: 1 } as const;

export function layered(
  ids: readonly NodeId[],
  edges: readonly Edge[],
  direction: Direction,
): ReadonlyMap<NodeId, Point> {
  const rows = rowsOf(ids, forward(ids, edges));
  const { along, across: pitch } = PITCH[direction];
  for (let sweep = 0; sweep < SWEEPS; sweep++) reorder(rows, sweep % 2 === 0);
  for (const row of rows) for (const item of row) item.across *= pitch;
  for (let sweep = 0; sweep <= SWEEPS; sweep++) straighten(rows, sweep % 2 === 0, pitch);
  const spine = rows[0]?.find(({ weight }) => weight === WEIGHT.spine)?.across ?? 0;
  const places = new Map<NodeId, Point>();
  for (const [rank, row] of rows.entries()) {
    for (const { id, across } of row) {
      if (id === undefined) continue;
      const beside = Math.round(across - spine);
      places.set(id, direction === 'down' ? [beside - CARD.width / 2, rank * along] : [rank * along, beside]);
    }
  }
  return places;
}

/** The ranks' cards, with the wires that pass them. */
function rowsOf(ids: readonly NodeId[], wires: readonly Wire[]): Item[][] {
  const { rankOf, spine } = ranksOf(ids, wires);
  const rows: Item[][] = [];
  const put = (rank: number, id: NodeId | undefined, weight: number): Item => {
    while (rows.length <= rank) rows.push([]);
    const row = rows[rank] ?? [];
    const item: Item = { id, weight, above: [], below: [], across: 0 };
    row.push(item);
    return item;
  };
  const cards = new Map(
    ids.map((id) => [id, put(rankOf.get(id) ?? 0, id, spine.has(id) ? WEIGHT.spine : WEIGHT.card)]),
  );
  const join = (from: Item, to: Item): void => {
    from.below.push(to);
    to.above.push(from);
  };
  let lanes = 0;
  for (const [from, targets] of group(wires, 0)) {
    // All long wires of one card share a lane.
    let end = cards.get(from);
    let rank = rankOf.get(from) ?? 0;
    const far = [...new Set(targets)].sort((a, b) => (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0));
    for (const to of far) {
      const [target, last] = [cards.get(to), rankOf.get(to) ?? 0];
      if (!end || !target) continue;
      if (lanes + last - rank > MOST_LANES) continue;
      for (; rank < last - 1; lanes++) {
        rank += 1;
        const lane = put(rank, undefined, WEIGHT.wire);
        join(end, lane);
        end = lane;
      }
      join(end, target);
    }
  }
  return rows;
}

/** Sorts every rank by where its neighbours in the rank before lie. */
function reorder(rows: readonly Item[][], downwards: boolean): void {
  for (const row of downwards ? rows : [...rows].reverse()) {
    const wish = new Map(row.map((item) => [item, mean(downwards ? item.above : item.below) ?? item.across]));
    row.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    for (const [at, item] of row.entries()) item.across = at - (row.length - 1) / 2;
  }
}

const mean = (items: readonly Item[]): number | null =>
  items.length === 0 ? null : items.reduce((sum, { across }) => sum + across, 0) / items.length;

/** Moves every rank as near as its order allows to below (or above) those it is wired to. */
function straighten(rows: readonly Item[][], downwards: boolean, pitch: number): void {
  for (const row of downwards ? rows : [...rows].reverse()) {
    let offset = 0;
    const steps = row.map((item, at) => {
      offset += gap(row[at - 1], item, pitch);
      return offset;
    });
    const wishes = row.map((item, at) => ({
      value: (mean(leading(downwards ? item.above : item.below)) ?? item.across) - (steps[at] ?? 0),
      weight: item.weight,
    }));
    for (const [at, value] of ascending(wishes).entries()) {
      const item = row[at];
      if (item) item.across = value + (steps[at] ?? 0);
    }
  }
}

/** Those that matter most: a card goes where the longest way goes, and only then where its other wires lead. */
function leading(items: readonly Item[]): Item[] {
  const weight = items.reduce((most, item) => Math.max(most, item.weight), 0);
  return items.filter((item) => item.weight === weight);
}

/** The room between the middles of two neighbours of a rank. */
function gap(a: Item | undefined, b: Item, pitch: number): number {
  if (!a) return 0;
  if (a.id === undefined && b.id === undefined) return LANE;
  return a.id === undefined || b.id === undefined ? pitch / 2 : pitch;
}

/** The values that never go down and are nearest to those wished for (pool adjacent violators, Ayer et al. 1955). */
function ascending(wishes: readonly { value: number; weight: number }[]): number[] {
  const pools: { value: number; weight: number; size: number }[] = [];
  for (const wish of wishes) {
    let pool = { ...wish, size: 1 };
    for (let last = pools.at(-1); last && last.value > pool.value; last = pools.at(-1)) {
      const weight = last.weight + pool.weight;
      const value = (last.value * last.weight + pool.value * pool.weight) / weight;
      pool = { value, weight, size: last.size + pool.size };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ value, size }) => Array.from({ length: size }, () => value));
}
