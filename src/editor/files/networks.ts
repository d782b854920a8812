/** Opening networks, from wherever they come. What cannot be opened leaves the open network alone. */
import { toast } from 'sonner';
import { type NetworkDocument, readDocument, renameDocument } from '@/document';
import { type Imported, importNetwork } from '@/formats/import';
import { openNew, openSaved, saveNow, useSaving } from '@/state/autosave';
import { useNetwork } from '@/state/network';

/** Larger files are no networks of ours; reading one would stall the page. */
const LARGEST_FILE = 50_000_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const complain = (title: string, error: unknown): void =>
  void toast.error(title, { description: messageOf(error), duration: 12_000 });

/** Opens a text as a new network; says what is wrong with one that is none. */
export const openText = (text: string, from: string): Promise<void> => openContent(text, from);

/** Opens what a file holds, whichever tool wrote it; what is not as in the file is said. */
async function openContent(content: string | Uint8Array, from: string): Promise<void> {
  let imported: Imported;
  try {
    imported = importNetwork(content);
  } catch (error) {
    return complain(`${from} cannot be opened`, error);
  }
  const { document, notes } = imported;
  await openNew(document);
  if (notes.length === 0) return void toast.success(`Opened ${document.name}`);
  const [first] = notes;
  const more = notes.length === 1 ? '' : ` And ${notes.length - 1} more: see the problems below.`;
  toast.warning(`Opened ${document.name}, with a reservation`, { description: `${first}${more}`, duration: 15_000 });
}

export async function openFile(file: File): Promise<void> {
  if (file.size > LARGEST_FILE) return complain(`${file.name} cannot be opened`, new Error('The file is too large.'));
  try {
    await openContent(new Uint8Array(await file.arrayBuffer()), file.name);
  } catch (error) {
    complain(`${file.name} cannot be read`, error);
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
  const { document } = useNetwork.getState();
  const copy = renameDocument(document, `${document.name} (copy)`);
  await openNew(copy);
  toast.success(`This is now ${copy.name}`);
}

/** For those who press save: it is saved all the time. */
export async function saveByHand(): Promise<void> {
  await saveNow();
  if (useSaving.getState().state !== 'failed') toast.success('Saved in this browser');
}
