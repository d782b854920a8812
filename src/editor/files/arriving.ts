/** Networks that arrive as text or as a file: pasted anywhere, or dropped. */
import { openFile, openText } from './networks';

const TEXT_FIELD = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/** Copied layers are the canvas' business; whatever else looks like JSON is meant as a network. */
const looksLikeNetwork = (text: string): boolean => /^\s*\{/.test(text) && !text.includes('tensorloom-fragment');

function onPaste(event: ClipboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || target?.closest(TEXT_FIELD)) return;
  const [file] = event.clipboardData?.files ?? [];
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (file) void openFile(file);
  else if (looksLikeNetwork(text)) void openText(text, 'The pasted text');
  else return;
  event.preventDefault();
}

const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Listens on the whole page; gives the way to stop.
 * @param onHover whether a file is over the page now
 */
export function listenForNetworks(onHover: (over: boolean) => void): () => void {
  const over = (event: DragEvent): void => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    onHover(true);
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) onHover(false);
  };
  const drop = (event: DragEvent): void => {
    onHover(false);
    if (!carriesFile(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void openFile(file);
  };
  document.addEventListener('paste', onPaste);
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', leave);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('paste', onPaste);
    document.removeEventListener('dragover', over);
    document.removeEventListener('dragleave', leave);
    document.removeEventListener('drop', drop);
  };
}
