/**
 * Keeps the open network in the browser: within a second of an edit, and when the page is left. Two tabs
 * with the same network never overwrite each other: the second to save goes on as a copy.
 */
import { create } from 'zustand';
import { type NetworkDocument, renameDocument } from '@/document';
import { formatNative, parseNative } from '@/formats';
import { forgetUnsaved, keepUnsaved, lastOpen, rememberOpen, unsavedOf } from './leaving';
import { useNetwork } from './network';
import { ConflictError, loadNetwork, saveNetwork } from './storage';

const DELAY = 600;

interface SavingStore {
  state: 'saved' | 'saving' | 'unsaved' | 'failed';
}

export const useSaving = create<SavingStore>(() => ({ state: 'saved' }));

export interface SavingNotices {
  /** Another tab has saved; this one goes on as a copy of this name. */
  onCopy(name: string): void;
  onFailure(message: string): void;
}

/** What the database holds of the open network, as far as this tab knows. */
let kept: { document: NetworkDocument; revision: number } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> | null = null;
let failed = false;
let notices: SavingNotices | null = null;

const isUnsaved = (): boolean => useNetwork.getState().whole !== kept?.document;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Brings back the network that was open last, with the edits that were not saved when the page was left. */
export async function reopenLast(): Promise<void> {
  const id = lastOpen();
  if (id === null) return;
  try {
    const found = await loadNetwork(id);
    const edits = unsavedOf(id);
    const newer = edits && edits.revision === (found?.revision ?? null) ? parseNative(edits.text) : null;
    const document = newer ?? found?.document;
    if (document) show(id, document, found);
  } catch (error) {
    notices?.onFailure(`The last network could not be opened. ${textOf(error)} It is kept as it is.`);
  }
}

/** @throws where the record cannot be read; the open network stays */
export async function openSaved(id: string): Promise<void> {
  const found = await loadNetwork(id);
  if (!found) throw new Error('This network is no longer there.');
  await saveNow();
  show(id, found.document, found);
}

/** Opens a network that is not saved yet, after the present one is safe. */
export async function openNew(document: NetworkDocument): Promise<void> {
  await saveNow();
  show(crypto.randomUUID(), document, null);
  await saveNow();
}

function show(id: string, document: NetworkDocument, saved: typeof kept): void {
  kept = saved;
  useNetwork.getState().open(document, id);
  rememberOpen(id);
  if (isUnsaved()) void saveNow();
  else useSaving.setState({ state: 'saved' });
}

/** Saves what is not saved; never throws. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer);
  // Another caller may have begun to write while this one was waiting.
  while (writing) await writing;
  if (!isUnsaved()) return;
  writing = write().finally(() => {
    writing = null;
  });
  await writing;
}

async function write(): Promise<void> {
  const { whole: document, id } = useNetwork.getState();
  useSaving.setState({ state: 'saving' });
  try {
    const revision = await saveNetwork(id, document, kept?.revision ?? null);
    kept = { document, revision };
    failed = false;
    rememberOpen(id);
    forgetUnsaved(id);
    useSaving.setState({ state: isUnsaved() ? 'unsaved' : 'saved' });
  } catch (error) {
    if (error instanceof ConflictError) return goOnAsCopy();
    useSaving.setState({ state: 'failed' });
    if (!failed)
      notices?.onFailure(
        `The browser cannot keep this network (${textOf(error)}). Everything else works; export it as a file to be safe.`,
      );
    failed = true;
  }
}

/** Both stay: what the other tab saved under the old id, this one's under a new. */
async function goOnAsCopy(): Promise<void> {
  const { whole: document, editWhole, id } = useNetwork.getState();
  const name = `${document.name} (copy)`;
  forgetUnsaved(id);
  kept = null;
  useNetwork.setState({ id: crypto.randomUUID() });
  editWhole('Go on as a copy', (current) => renameDocument(current, name));
  notices?.onCopy(name);
  await write();
}

/** What the database would not be told in time. */
function keepWhatIsUnsaved(): void {
  const { whole: document, id } = useNetwork.getState();
  if (isUnsaved()) keepUnsaved(id, { text: formatNative(document), revision: kept?.revision ?? null });
}

/** Starts saving; gives the way to stop. */
export function startAutosave(told: SavingNotices): () => void {
  notices = told;
  const stop = useNetwork.subscribe((state, before) => {
    if (state.whole === before.whole || !isUnsaved()) return;
    useSaving.setState({ state: 'unsaved' });
    clearTimeout(timer);
    timer = setTimeout(() => void saveNow(), DELAY);
  });
  const leave = (): void => {
    keepWhatIsUnsaved();
    void saveNow();
  };
  const hide = (): void => {
    if (globalThis.document.visibilityState === 'hidden') leave();
  };
  globalThis.document.addEventListener('visibilitychange', hide);
  addEventListener('pagehide', leave);
  return () => {
    stop();
    globalThis.document.removeEventListener('visibilitychange', hide);
    removeEventListener('pagehide', leave);
  };
}
