/** What the page itself adds to the command palette, the menus and the keyboard. */
import type { Command } from '@/editor/commands';
import { ALL_EXPORTS } from '@/editor/files/exports';
import { chooseFile, duplicateNetwork, newNetwork, saveByHand } from '@/editor/files/networks';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { DOCK_TABS, useView } from '@/state/view';
import { beginRenaming, openDialog } from './dialogs';
import { trainPauseOrResume } from './train';

const view = useView.getState;

/** “Delete Conv2D” within a sentence. */
const inSentence = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

const toggleDock = (): void => (view().dockOpen ? view().closeDock() : view().openDock(view().dockTab));

const TAB_TITLES = {
  training: 'Training',
  data: 'Data',
  problems: 'Problems',
  summary: 'Summary',
  code: 'Code',
} as const;

const undoLabel = (): string | null => useNetwork.getState().undoLabel;
const redoLabel = (): string | null => useNetwork.getState().redoLabel;

const file: Command[] = [
  { id: 'file.new', title: 'New network', keys: [], group: 'File', run: () => void newNetwork() },
  { id: 'file.open', title: 'Open…', keys: ['$mod+O'], group: 'File', run: () => openDialog('open') },
  { id: 'file.import', title: 'Open a file…', keys: [], group: 'File', run: chooseFile },
  { id: 'gallery.open', title: 'Gallery', keys: [], group: 'File', run: () => openDialog('gallery') },
  { id: 'file.save', title: 'Save', keys: ['$mod+S'], group: 'File', run: () => void saveByHand() },
  { id: 'file.rename', title: 'Rename', keys: [], group: 'File', run: beginRenaming },
  { id: 'file.duplicate', title: 'Duplicate network', keys: [], group: 'File', run: () => void duplicateNetwork() },
  ...ALL_EXPORTS.map(
    ({ id, title, run }): Command => ({ id: `export.${id}`, title: `Export: ${title}`, keys: [], group: 'File', run }),
  ),
];

const edit: Command[] = [
  {
    id: 'edit.undo',
    title: 'Undo',
    detail: () => undoLabel() && inSentence(undoLabel() ?? ''),
    keys: ['$mod+Z'],
    group: 'Edit',
    when: () => undoLabel() !== null,
    run: () => useNetwork.getState().undo(),
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    detail: () => redoLabel() && inSentence(redoLabel() ?? ''),
    keys: ['$mod+Shift+Z', '$mod+Y'],
    group: 'Edit',
    when: () => redoLabel() !== null,
    run: () => useNetwork.getState().redo(),
  },
];

const arrangement: Command[] = [
  {
    id: 'view.palette',
    title: 'Show or hide the layers',
    keys: ['$mod+B'],
    group: 'View',
    run: () => view().set({ paletteOpen: !view().paletteOpen }),
  },
  {
    id: 'view.inspector',
    title: 'Show or hide the inspector',
    keys: ['$mod+I'],
    group: 'View',
    run: () => view().set({ inspectorOpen: !view().inspectorOpen }),
  },
  { id: 'view.dock', title: 'Show or hide the panel below', keys: ['$mod+J'], group: 'View', run: toggleDock },
  ...DOCK_TABS.map(
    (tab): Command => ({
      id: `view.panel.${tab}`,
      title: `Show ${TAB_TITLES[tab]}`,
      keys: [],
      group: 'View',
      run: () => view().openDock(tab),
    }),
  ),
  ...(['system', 'light', 'dark'] as const).map(
    (theme): Command => ({
      id: `view.theme.${theme}`,
      title: `Colours: ${{ system: 'as the system', light: 'light', dark: 'dark' }[theme]}`,
      keys: [],
      group: 'View',
      when: () => view().theme !== theme,
      run: () => view().set({ theme }),
    }),
  ),
];

const training: Command[] = [
  {
    id: 'training.train',
    title: 'Train, pause or resume',
    keys: ['$mod+Enter'],
    group: 'Training',
    run: trainPauseOrResume,
  },
  {
    id: 'training.stop',
    title: 'Stop training',
    keys: [],
    group: 'Training',
    when: () => isActive(useRun.getState().status),
    run: () => void useRun.getState().stop(),
  },
];

const help: Command[] = [
  {
    id: 'help.commands',
    title: 'All commands…',
    keys: ['$mod+K'],
    group: 'Help',
    run: () => openDialog('commands'),
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    keys: ['Shift+?'],
    group: 'Help',
    run: () => openDialog('shortcuts'),
  },
];

export const appCommands: readonly Command[] = [...file, ...edit, ...arrangement, ...training, ...help];

export { TAB_TITLES };
