/**
 * Keeps the open network in the browser: within a second of an edit, and when the page is left. Two tabs
 * with the same network never overwrite each other: the second to save goes on as a copy.
 */
import { create } from 'zustand';
import type { NetworkDocument } from '@/document';
import { renameDocument } from '@/document';
import { useNetwork } from './network';
import { ConflictError, loadNetwork, saveNetwork } from './storage';

const DELAY = 600;
const LAST = 'tensorloom.last.v1';

interface SavingStore {
  state: 'saved' | 'saving' | 'unsaved' | 'failed';
}

export const useSaving = create<SavingStore>(() => ({ state: 'saved' }));

export interface SavingNotices {
  /** Another tab has saved; this one goes on as a copy of this name. */
  onCopy(name: string): void;
  onFailure(message: string): void;
}

let revision: number | null = null;
let saved: NetworkDocument | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> | null = null;
let failed = false;

const isUnsaved = (): boolean => useNetwork.getState().document !== saved;

/** The network that was open last, if it can be read. */
export async function reopenLast(onFailure: (message: string) => void): Promise<void> {
  try {
    const id = localStorage.getItem(LAST);
    if (id === null) return;
    await openSaved(id);
  } catch (error) {
    onFailure(`The last network could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws where the record cannot be read; the open network stays */
export async function openSaved(id: string): Promise<void> {
  await saveNow();
  const found = await loadNetwork(id);
  if (!found) return;
  revision = found.revision;
  saved = found.document;
  useNetwork.getState().open(found.document, id);
  remember(id);
}

/** Opens a network that is not saved yet, after the present one is safe. */
export async function openNew(document: NetworkDocument): Promise<void> {
  await saveNow();
  revision = null;
  saved = null;
  useNetwork.getState().open(document);
  await saveNow();
}

function remember(id: string): void {
  try {
    localStorage.setItem(LAST, id);
  } catch {
    // Without storage there is nothing to come back to.
  }
}

let notices: SavingNotices | null = null;

/** Saves what is not saved; never throws. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer);
  await writing;
  if (!isUnsaved()) return;
  writing = write().finally(() => {
    writing = null;
  });
  await writing;
}

async function write(): Promise<void> {
  const { document, id } = useNetwork.getState();
  useSaving.setState({ state: 'saving' });
  try {
    revision = await saveNetwork(id, document, revision);
    saved = document;
    failed = false;
    remember(id);
    useSaving.setState({ state: isUnsaved() ? 'unsaved' : 'saved' });
  } catch (error) {
    if (error instanceof ConflictError) return goOnAsCopy(document);
    useSaving.setState({ state: 'failed' });
    if (!failed) notices?.onFailure(`The browser cannot keep this network (${error instanceof Error ? error.message : String(error)}). Export it as a file to be safe.`);
    failed = true;
  }
}

/** Both stay: what the other tab saved under the old id, this one's under a new. */
async function goOnAsCopy(document: NetworkDocument): Promise<void> {
  const id = crypto.randomUUID();
  const name = `${document.name} (copy)`;
  revision = null;
  useNetwork.setState({ id });
  useNetwork.getState().edit('go on as a copy', (current) => renameDocument(current, name));
  notices?.onCopy(name);
  await write();
}

/** Starts saving; gives the way to stop. */
export function startAutosave(told: SavingNotices): () => void {
  notices = told;
  const stop = useNetwork.subscribe((state, before) => {
    if (state.document === before.document || state.document === saved) return;
    useSaving.setState({ state: 'unsaved' });
    clearTimeout(timer);
    timer = setTimeout(() => void saveNow(), DELAY);
  });
  const leave = (): void => {
    if (globalThis.document.visibilityState === 'hidden') void saveNow();
  };
  globalThis.document.addEventListener('visibilitychange', leave);
  addEventListener('pagehide', leave);
  return () => {
    stop();
    globalThis.document.removeEventListener('visibilitychange', leave);
    removeEventListener('pagehide', leave);
  };
}
