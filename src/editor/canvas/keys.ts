import type { KeyboardEvent } from 'react';
import { useSelection } from '@/state/selection';

/** Enter or space selects the focused card or wire; with shift, adds it to the selection. */
export function onCanvasKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (!(event.target instanceof Element)) return;
  const id =
    event.target instanceof HTMLElement || event.target instanceof SVGElement ? event.target.dataset.id : undefined;
  if (id === undefined) return;
  const selection = useSelection.getState();
  if (event.target.classList.contains('react-flow__node')) {
    if (event.shiftKey) selection.toggle(id);
    else selection.select([id]);
  } else if (event.target.classList.contains('react-flow__edge')) {
    selection.selectEdge(id);
  } else return;
  event.preventDefault();
}
