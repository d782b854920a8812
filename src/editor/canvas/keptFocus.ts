/**
 * Where the keyboard is when what had the focus is gone: a layer that was deleted or grouped, a block that was opened
 * or left. Without this the next Tab would begin at the top of the page.
 */
import type { NodeId } from '@/document';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';

/** The node that had the focus last, on the canvas or in the list of nodes. */
let last: { id: NodeId; listed: boolean } | null = null;

const CARD = '.react-flow__node[data-id]';
const ROW = '[data-node-row]';
/** What opens over the page gives the focus back by itself, and only then is it seen whether there is whom to. */
const OVER = '[role=dialog], [role=alertdialog], [role=menu]';
/** As long as it takes them. */
const SETTLED = 80;

function note({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || target.closest(OVER)) return;
  const row = target.closest<HTMLElement>(ROW);
  const card = target.closest<HTMLElement>(CARD);
  const id = row?.dataset.nodeRow ?? card?.dataset.id;
  last = id === undefined ? null : { id, listed: row !== null };
}

/** Who gets the focus of a node that is gone: what is selected now, else what came before it or after it. */
export function heirOf(
  gone: NodeId,
  before: readonly NodeId[],
  after: readonly NodeId[],
  selected: Iterable<NodeId>,
): NodeId | undefined {
  const there = new Set(after);
  const chosen = [...selected].find((id) => there.has(id));
  if (chosen !== undefined) return chosen;
  const at = before.indexOf(gone);
  const neighbours = [...before.slice(0, Math.max(at, 0)).reverse(), ...before.slice(at + 1)];
  return neighbours.find((id) => there.has(id)) ?? after[0];
}

function elementOf(id: NodeId, listed: boolean): HTMLElement | null {
  const name = CSS.escape(id);
  return listed
    ? document.querySelector(`[data-node-row="${name}"] button`)
    : document.querySelector(`.react-flow__node[data-id="${name}"]`);
}

/** Keeps the keyboard among the nodes; gives the way to stop. */
export function keepFocus(): () => void {
  document.addEventListener('focusin', note);
  const stop = useNetwork.subscribe((state, before) => {
    if (!last || (state.document === before.document && state.path === before.path)) return;
    const { id, listed } = last;
    const moved = state.path !== before.path || state.expanded !== before.expanded;
    if (!moved && Object.hasOwn(state.document.graph.nodes, id)) return;
    const order = before.inference.order;
    window.setTimeout(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      const { inference } = useNetwork.getState();
      const heir = heirOf(id, moved ? [] : order, inference.order, useSelection.getState().nodes);
      if (heir !== undefined) elementOf(heir, listed)?.focus({ preventScroll: true });
    }, SETTLED);
  });
  return () => {
    document.removeEventListener('focusin', note);
    stop();
  };
}
