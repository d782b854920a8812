/** Auto-layout: places from the worker, or from our own layout where the network is large or the worker fails; the cards glide there, and it is one edit. */
import { layered, type NodeId, type Point } from '@/document';
import { useNetwork } from '@/state/network';
import { useView } from '@/state/view';
import { hold, release, settle, useFlow } from '../flow/store';
import type { Direction } from '../geometry';
import { fitAll, glideTime } from '../viewport';
import { elkLayout } from './elk';

/** Beyond this many layers ELK takes a second or more, and our own layout a few hundredths of one. */
const LARGE = 600;

/** Only the latest wish counts. */
let wish = 0;

export async function arrange(label = 'Arrange'): Promise<void> {
  const mine = ++wish;
  const { graph } = useNetwork.getState().document;
  const places = await layout(Object.keys(graph.nodes), graph.edges, useView.getState().direction);
  // Whatever was edited meanwhile would be laid out by what it was.
  if (mine !== wish || useNetwork.getState().document.graph !== graph) return;
  if (!(await glide(places))) return release();
  settle(label);
  requestAnimationFrame(() => fitAll());
}

async function layout(
  ids: readonly NodeId[],
  edges: Parameters<typeof layered>[1],
  direction: Direction,
): Promise<ReadonlyMap<NodeId, Point>> {
  if (ids.length > LARGE) return layered(ids, edges, direction);
  try {
    return await elkLayout(ids, edges, direction);
  } catch {
    return layered(ids, edges, direction);
  }
}

/** Moves the cards over a few frames; false where an edit or another layout came between. */
async function glide(to: ReadonlyMap<NodeId, Point>): Promise<boolean> {
  const mine = wish;
  const { document } = useNetwork.getState();
  const from = new Map(useFlow.getState().nodes.map(({ id, position: { x, y } }) => [id, [x, y] as const]));
  const duration = glideTime();
  const begin = performance.now();
  for (let share = 0; share < 1; ) {
    share = duration === 0 ? 1 : Math.min(1, (performance.now() - begin) / duration);
    const eased = 1 - (1 - share) ** 3;
    const places = new Map<NodeId, Point>();
    for (const [id, [x, y]] of to) {
      const [fromX, fromY] = from.get(id) ?? [x, y];
      places.set(id, share === 1 ? [x, y] : [fromX + (x - fromX) * eased, fromY + (y - fromY) * eased]);
    }
    hold(places);
    if (share < 1) await new Promise(requestAnimationFrame);
    if (mine !== wish || useNetwork.getState().document !== document) return false;
  }
  return true;
}
