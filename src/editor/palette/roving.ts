import type { KeyboardEvent } from 'react';

/** Up, down, home and end move the focus between the main buttons of a list. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not([data-aside])')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  items[Math.max(0, Math.min(to, items.length - 1))]?.focus();
  // The arrows would otherwise nudge what is selected on the canvas.
  event.preventDefault();
  event.stopPropagation();
}
