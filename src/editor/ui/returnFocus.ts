import { useRef } from 'react';

/**
 * For a dialog that no trigger of its own opens: what had the focus before gets it back, if it is still there.
 * The field that is to be filled in, marked `data-autofocus`, has it meanwhile. Not by `autoFocus`, which would come
 * before it could be seen who had the focus.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus(event: Event): void {
      before.current = document.activeElement;
      const field = (event.currentTarget as HTMLElement | null)?.querySelector<HTMLElement>('[data-autofocus]');
      if (!field) return;
      event.preventDefault();
      field.focus();
    },
    onCloseAutoFocus(event: Event): void {
      const { current } = before;
      if (!(current instanceof HTMLElement) || !current.isConnected || current === document.body) return;
      event.preventDefault();
      current.focus({ preventScroll: true });
    },
  };
}
