/** Opening instances out where they stand: the others stay cards. */
import {
  blockAt,
  blockOf,
  CARD,
  layered,
  moveNodes,
  type NetworkDocument,
  type NodeId,
  type Unfolded,
  unfoldKey,
} from '@/document';
import { centreOn } from '@/editor/canvas/viewport';
import { useNetwork } from '@/state/network';
import { useView } from '@/state/view';

const now = useNetwork.getState;

/** What a frame takes beside the cards within it, in canvas pixels. */
export const FRAME = { padding: 16, head: 28 } as const;

/** Shows the network with an instance that is looked at opened out, and whatever it lies in. */
export function unfoldInstance(id: NodeId): void {
  const { unfolded, path, whole, block, document } = now();
  if (!blockOf(document, document.graph.nodes[id])) return;
  const keys = new Set(unfolded?.keys);
  const origin = unfolded?.originOf(id);
  if (origin) keys.add(unfoldKey(origin.block, origin.node));
  else {
    const instances = path.map(({ instance }) => instance);
    for (const [depth, instance] of instances.entries()) {
      keys.add(unfoldKey(blockAt(whole, instances.slice(0, depth)) ?? null, instance));
    }
    keys.add(unfoldKey(block, id));
  }
  now().unfold(keys, laidOut);
  const frames = now().unfolded?.frames ?? [];
  const opened = frames.find((frame) =>
    origin ? frame.id === id : frame.node === id && frame.path.length === path.length,
  );
  bringIn(opened?.members[0]);
}

/** Makes one card of what was opened out. */
export function foldInstance(key: string): void {
  const { unfolded } = now();
  const keys = new Set(unfolded?.keys);
  keys.delete(key);
  now().unfold(keys, laidOut);
  bringIn(unfolded?.frames.find((frame) => frame.key === key)?.id);
}

/** The canvas first sees another network than before, and shows its beginning. */
function bringIn(id: NodeId | undefined): void {
  if (id !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => centreOn(id)));
}

/** Lays all cards out anew, with room for the frames around those of an instance. */
function laidOut({ document, frames }: Unfolded): NetworkDocument {
  const { direction } = useView.getState();
  const { nodes, edges } = document.graph;
  const places = new Map(layered(Object.keys(nodes), edges, direction));
  const [axis, before, after] =
    direction === 'down'
      ? [1 as const, FRAME.padding + FRAME.head, FRAME.padding]
      : [0 as const, FRAME.padding, FRAME.padding];
  const size = direction === 'down' ? CARD.height : CARD.width;
  for (const { members } of frames) {
    const along = members.flatMap((id) => places.get(id)?.[axis] ?? []);
    const [from, to] = [Math.min(...along), Math.max(...along) + size];
    for (const [id, [x, y]] of places) {
      const at = axis === 1 ? y : x;
      const by = (at >= from ? before : 0) + (at >= to ? after : 0);
      places.set(id, axis === 1 ? [x, y + by] : [x + by, y]);
    }
  }
  return moveNodes(document, Object.fromEntries(places));
}
