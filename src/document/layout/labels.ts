/** Where wires bear the shape that flows along them, so that shapes lie neither on each other nor on other wires. */
import { edgeKey, type Point } from '../edits';
import type { Edge, NodeId } from '../schema';
import type { Detour } from './detours';
import { AXES, type Direction } from './grid';

export interface LabelPlace {
  /** Seen along the wire from above: on which side the words stand. */
  side: 'left' | 'right';
  /** An output of the same card whose wire runs beside: if the shape there is the same, it is not said again. */
  beside: string | null;
}

interface Laid {
  edge: Edge;
  key: string;
  detour: Detour;
  /** How far sideways it goes. */
  bend: number;
}

/**
 * By the wire's key; wires that are not there bear none. What comes out of one port is said once, on the wire that
 * runs straightest, and again on every wire that makes a detour.
 */
export function labelsOf(
  edges: readonly Edge[],
  places: ReadonlyMap<NodeId, Point>,
  detours: ReadonlyMap<string, Detour>,
  direction: Direction,
): ReadonlyMap<string, LabelPlace> {
  const { across } = AXES[direction];
  const laid = edges.flatMap((edge): Laid[] => {
    const [from, to] = [places.get(edge.from[0]), places.get(edge.to[0])];
    const key = edgeKey(edge);
    return from && to ? [{ edge, key, detour: detours.get(key) ?? 0, bend: to[across] - from[across] }] : [];
  });
  const straightest = new Map<string, Laid>();
  const ports = new Map<string, string>();
  const ways = new Ways();
  for (const wire of laid) {
    ways.add(wire);
    if (wire.detour !== 0) continue;
    const port = wire.edge.from.join(' ');
    const best = straightest.get(port);
    if (!best || Math.abs(wire.bend) < Math.abs(best.bend)) straightest.set(port, wire);
  }
  const found = new Map<string, LabelPlace>();
  for (const { edge, key, detour } of laid) {
    if (detour !== 0) {
      found.set(key, { side: 'right', beside: null });
      continue;
    }
    if (straightest.get(edge.from.join(' '))?.key !== key) continue;
    const pair = `${edge.from[0]} ${edge.to[0]}`;
    const beside = ports.get(pair) ?? null;
    if (beside === null) ports.set(pair, edge.from[1]);
    found.set(key, { side: ways.crowdedOnTheRight(edge) ? 'left' : 'right', beside });
  }
  return found;
}

/** To which sides of a card wires leave it, and from which they arrive. */
class Ways {
  private readonly counts = new Map<string, number>();

  add({ edge, detour, bend }: Laid): void {
    const aside = typeof detour === 'number' && detour > 0;
    const [source, target] = [edge.from[0], edge.to[0]];
    if (aside || bend > 0) this.count(`${source} leaving right`);
    else if (bend < 0) this.count(`${source} leaving left`);
    if (aside || bend < 0) this.count(`${target} arriving right`);
    else if (bend > 0) this.count(`${target} arriving left`);
  }

  /** Whether others leave or arrive on the right where a wire does, and none on the left. */
  crowdedOnTheRight({ from: [source], to: [target] }: Edge): boolean {
    const on = (side: 'left' | 'right'): number =>
      (this.counts.get(`${source} leaving ${side}`) ?? 0) + (this.counts.get(`${target} arriving ${side}`) ?? 0);
    return on('right') > 0 && on('left') === 0;
  }

  private count(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}
