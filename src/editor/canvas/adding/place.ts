/** Finding room for new cards. */
import { moveNodes, type NetworkDocument, type NodeId, type Point } from '@/document';
import { downstreamOf, type Inference } from '@/inference';
import { type Direction, overlaps, PITCH, step } from '../geometry';

/** The wanted place, or the nearest one beside it that no card covers. */
export function freePlace(document: NetworkDocument, wanted: Point, direction: Direction): Point {
  const taken = Object.values(document.graph.nodes).flatMap(({ at }) => (at ? [at] : []));
  for (let beside = 0; ; beside++) {
    const place = step(wanted, direction, 0, beside);
    if (!taken.some((other) => overlaps(other, place))) return place;
  }
}

/**
 * Where a card goes between two others, and the document with everything from the second on pushed further
 * along as far as is needed for that.
 */
export function placeBetween(
  document: NetworkDocument,
  inference: Inference,
  from: NodeId,
  to: NodeId,
  direction: Direction,
): { document: NetworkDocument; at: Point } {
  const { nodes } = document.graph;
  const start: Point = nodes[from]?.at ?? [0, 0];
  const end: Point | undefined = nodes[to]?.at;
  if (!end) return { document, at: freePlace(document, step(start, direction, 1), direction) };
  const axis = direction === 'down' ? 1 : 0;
  const { along } = PITCH[direction];
  const gap = end[axis] - start[axis];
  const half: Point = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
  if (gap >= 2 * along) return { document, at: freePlace(document, rounded(half), direction) };
  // A wire that runs backwards has no room to be made along it.
  if (gap <= 0) return { document, at: freePlace(document, step(start, direction, 1), direction) };
  const missing = 2 * along - gap;
  const places: Record<NodeId, Point> = {};
  for (const id of downstreamOf(to, inference.outgoing)) {
    const at = nodes[id]?.at;
    if (at) places[id] = direction === 'down' ? [at[0], at[1] + missing] : [at[0] + missing, at[1]];
  }
  const roomy = moveNodes(document, places);
  const at = step(start, direction, 1);
  // In line with the card below, so that a straight chain stays straight.
  const aligned: Point = direction === 'down' ? [end[0], at[1]] : [at[0], end[1]];
  return { document: roomy, at: freePlace(roomy, aligned, direction) };
}

const rounded = ([x, y]: Point): Point => [Math.round(x), Math.round(y)];
