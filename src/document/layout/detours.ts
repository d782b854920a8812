/** Which way each wire goes so as not to run behind cards. */
import { edgeKey, type Point } from '../edits';
import type { Edge, NodeId } from '../schema';
import { AXES, CARD, type Direction, PITCH } from './grid';

/**
 * 0: as it comes. A number: so far beside both ends, out, along and back in. `source` or `target`: along the
 * column of that end, and over to the other column only there.
 */
export type Detour = number | 'source' | 'target';

const AIR = 24;
/** Between two wires that run beside each other. */
const LANE = 14;

/** By the wire's key. Those that go beside both ends have lanes of their own where they would lie on each other. */
export function detoursOf(
  edges: readonly Edge[],
  places: ReadonlyMap<NodeId, Point>,
  direction: Direction,
): ReadonlyMap<string, Detour> {
  const cards = [...places.values()];
  const found = new Map<string, Detour>();
  const aside: Lane[] = [];
  const { along, across } = AXES[direction];
  for (const edge of edges) {
    const [from, to] = [places.get(edge.from[0]), places.get(edge.to[0])];
    if (!from || !to) continue;
    const key = edgeKey(edge);
    const detour = detourOf(from, to, cards, direction);
    if (typeof detour === 'number' && detour > 0) {
      const middle = Math.max(from[across], to[across]);
      aside.push({ key, start: from[along], end: to[along], middle, at: middle + detour });
    } else if (detour !== 0) found.set(key, detour);
  }
  for (const { key, at, middle } of apart(aside)) found.set(key, at - middle);
  return found;
}

interface Lane {
  key: string;
  start: number;
  end: number;
  /** Of the ends, the one farther out. */
  middle: number;
  at: number;
}

/** Shorter wires further in. */
function apart(lanes: readonly Lane[]): Lane[] {
  const placed: Lane[] = [];
  for (const lane of lanes.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    const beside = placed.filter(({ start, end }) => start < lane.end && lane.start < end);
    let { at } = lane;
    for (const other of beside.toSorted((a, b) => a.at - b.at))
      if (Math.abs(other.at - at) < LANE) at = other.at + LANE;
    placed.push({ ...lane, at });
  }
  return placed;
}

function detourOf(from: Point, to: Point, cards: readonly Point[], direction: Direction): Detour {
  const { along, across } = AXES[direction];
  const [length, breadth] = direction === 'down' ? [CARD.height, CARD.width] : [CARD.width, CARD.height];
  if (to[along] - from[along] < 1.5 * PITCH[direction].along) return 0;
  const between = cards.filter(
    (card) => card[along] > from[along] + length / 2 && card[along] < to[along] - length / 2,
  );
  if (Math.abs(to[across] - from[across]) > breadth) {
    const [least, most] = [Math.min(from[across], to[across]), Math.max(from[across], to[across])];
    const isFree = (start: number, end: number): boolean =>
      between.every((card) => card[across] <= start - breadth || card[across] >= end + breadth);
    if (isFree(least, most)) return 0;
    if (isFree(from[across], from[across])) return 'source';
    return isFree(to[across], to[across]) ? 'target' : 0;
  }
  const middle = (from[across] + to[across]) / 2;
  return between
    .filter((card) => Math.abs(card[across] - middle) < breadth)
    .reduce((reach, card) => Math.max(reach, card[across] - Math.max(from[across], to[across]) + breadth / 2 + AIR), 0);
}
