import type { KeyboardEvent } from 'react';
import { openBlock } from '@/editor/blocks/edits';
import { useSelection } from '@/state/selection';

/** Enter or space selects the focused card or wire; with shift, adds it to the selection. Enter again opens a block. */
export function onCanvasKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (!(event.target instanceof Element)) return;
  const id =
    event.target instanceof HTMLElement || event.target instanceof SVGElement ? event.target.dataset.id : undefined;
  if (id === undefined) return;
  const selection = useSelection.getState();
  if (event.target.classList.contains('react-flow__node')) {
    const chosen = selection.nodes.has(id) && selection.nodes.size === 1;
    if (event.shiftKey) selection.toggle(id);
    else if (chosen && event.key === 'Enter') openBlock(id);
    else selection.select([id]);
  } else if (event.target.classList.contains('react-flow__edge')) {
    selection.selectEdge(id);
  } else return;
  event.preventDefault();
}
