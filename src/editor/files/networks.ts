/** Opening networks, from wherever they come. What cannot be opened leaves the open network alone. */
import { toast } from 'sonner';
import { type NetworkDocument, readDocument, renameDocument } from '@/document';
import { type Imported, importFile, importNetwork } from '@/formats/import';
import type { GalleryEntry } from '@/gallery';
import { openNew, openSaved, saveNow, useSaving } from '@/state/autosave';
import { useNetwork } from '@/state/network';
import { showNotes } from './ImportNotes';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const complain = (title: string, error: unknown): void =>
  void toast.error(title, { description: messageOf(error), duration: 12_000 });

/** Opens a text as a new network; says what is wrong with one that is none. */
export const openText = (text: string, from: string): Promise<void> => openWhat(from, async () => importNetwork(text));

/** Opens a file, whichever tool wrote it. */
export const openFile = (file: File): Promise<void> =>
  openWhat(file.name, () =>
    importFile({
      size: file.size,
      read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
    }),
  );

async function openWhat(from: string, read: () => Promise<Imported>): Promise<void> {
  let imported: Imported;
  try {
    imported = await read();
  } catch (error) {
    return complain(`${from} cannot be opened`, error);
  }
  const { document, notes } = imported;
  await openNew(document);
  const [first] = notes;
  if (first === undefined) return void toast.success(`Opened ${document.name}`);
  toast.warning(`Opened ${document.name}, not all as in the file`, {
    description: first,
    duration: 15_000,
    ...(notes.length > 1 && {
      action: { label: `All ${notes.length}`, onClick: () => showNotes(document.name, notes) },
    }),
  });
}

/** Opens a copy of a ready network. */
export async function openFromGallery({ title, open }: GalleryEntry): Promise<void> {
  try {
    await openNew(await open());
  } catch (error) {
    complain(`${title} cannot be opened`, error);
  }
}

/** Asks for a file as the browser does. */
export function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,.keras,application/json';
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) void openFile(file);
  };
  input.click();
}

export async function openKept(id: string): Promise<boolean> {
  try {
    await openSaved(id);
    return true;
  } catch (error) {
    complain('This network cannot be opened', error);
    return false;
  }
}

/** Nothing but a data set, so that an Input knows its shape at once. */
export const emptyNetwork = (): NetworkDocument =>
  readDocument({
    format: 'tensorloom',
    version: 1,
    name: 'Untitled',
    graph: { nodes: {}, edges: [] },
    training: { dataset: 'mnist' },
  });

export const newNetwork = (): Promise<void> => openNew(emptyNetwork());

export async function duplicateNetwork(): Promise<void> {
  const { whole: document } = useNetwork.getState();
  const copy = renameDocument(document, `${document.name} (copy)`);
  await openNew(copy);
  toast.success(`This is now ${copy.name}`);
}

/** For those who press save: it is saved all the time. */
export async function saveByHand(): Promise<void> {
  await saveNow();
  if (useSaving.getState().state !== 'failed') toast.success('Saved in this browser');
}
