/** Which dialog is open: one at a time, and anything may open it. */
import { create } from 'zustand';

export type DialogName = 'gallery' | 'open' | 'commands' | 'shortcuts';

interface Dialogs {
  open: DialogName | null;
  /** The name in the top bar is being written. */
  renaming: boolean;
}

export const useDialogs = create<Dialogs>(() => ({ open: null, renaming: false }));

export const openDialog = (open: DialogName): void => useDialogs.setState({ open });

export const closeDialog = (): void => useDialogs.setState({ open: null });

export const beginRenaming = (): void => useDialogs.setState({ renaming: true });

export const endRenaming = (): void => useDialogs.setState({ renaming: false });
