/**
 * What must survive the page being left, written at once: the database answers only later, when the page may be
 * gone. Which network was open, and its last edits where they were not saved yet.
 */
import { z } from 'zod';

const LAST = 'tensorloom.last.v1';
const UNSAVED = 'tensorloom.unsaved.v1.';

const unsaved = z.object({ text: z.string(), revision: z.int().nullable() });

export type Unsaved = z.infer<typeof unsaved>;

/** Storage may be forbidden or full; then there is nothing to come back to, and nothing else suffers. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** A tab comes back to its own network, a new tab to the one that was open last anywhere. */
export const lastOpen = (): string | null => attempt(() => sessionStorage.getItem(LAST) ?? localStorage.getItem(LAST));

export function rememberOpen(id: string): void {
  attempt(() => sessionStorage.setItem(LAST, id));
  attempt(() => localStorage.setItem(LAST, id));
}

export const keepUnsaved = (id: string, edits: Unsaved): void =>
  void attempt(() => localStorage.setItem(UNSAVED + id, JSON.stringify(edits)));

export const forgetUnsaved = (id: string): void => void attempt(() => localStorage.removeItem(UNSAVED + id));

export const unsavedOf = (id: string): Unsaved | null =>
  attempt(() => unsaved.parse(JSON.parse(localStorage.getItem(UNSAVED + id) ?? 'null')));
