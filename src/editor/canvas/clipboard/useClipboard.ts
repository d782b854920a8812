import { useEffect } from 'react';
import { toast } from 'sonner';
import { copied, cut, paste } from './clipboard';

/** Text fields and marked text have a clipboard of their own. */
function isElsewhere(event: ClipboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="dialog"]'))
    return true;
  return event.type !== 'paste' && !(window.getSelection()?.isCollapsed ?? true);
}

function onCopy(event: ClipboardEvent): void {
  if (event.defaultPrevented || isElsewhere(event)) return;
  const text = event.type === 'cut' ? cut() : copied();
  if (text === null) return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
}

function onPaste(event: ClipboardEvent): void {
  if (event.defaultPrevented || isElsewhere(event)) return;
  const { taken, complaint } = paste(event.clipboardData?.getData('text/plain') ?? '');
  if (taken) event.preventDefault();
  if (complaint !== undefined) toast(complaint);
}

/** Copy, cut and paste by the keys of the system, which the browser turns into events. */
export function useClipboard(): void {
  useEffect(() => {
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}
