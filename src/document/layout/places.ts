import type { Point } from '../edits';
import type { NetworkDocument, NodeId } from '../schema';
import type { Direction } from './grid';
import { layered } from './layered';

/** Where every node lies. A document written by hand may not say: then it is laid out. */
export function placesOf({ graph }: NetworkDocument, direction: Direction): ReadonlyMap<NodeId, Point> {
  const entries = Object.entries(graph.nodes);
  if (entries.every(([, { at }]) => at)) return new Map(entries.map(([id, { at }]) => [id, at ?? [0, 0]]));
  const given = layered(Object.keys(graph.nodes), graph.edges, direction);
  return new Map(entries.map(([id, { at }]) => [id, at ?? given.get(id) ?? [0, 0]]));
}
