/** What the canvas adds to the command palette, the menus and the keyboard. */
import { toast } from 'sonner';
import type { Command } from '@/editor/commands';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { useView } from '@/state/view';
import { copied, cut, paste } from './clipboard/clipboard';
import { arrange } from './layout/arrange';
import { deleteSelection, duplicate, nudge, selectAll } from './selected';
import { fitAll, zoomBy } from './viewport';

const someNodes = (): boolean => useSelection.getState().nodes.size > 0;
const something = (): boolean => someNodes() || useSelection.getState().edges.size > 0;
const notEmpty = (): boolean => Object.keys(useNetwork.getState().document.graph.nodes).length > 0;

const write = (text: string | null): void => {
  if (text !== null) void navigator.clipboard.writeText(text);
};

async function readAndPaste(): Promise<void> {
  try {
    const { complaint } = paste(await navigator.clipboard.readText());
    if (complaint !== undefined) toast(complaint);
  } catch {
    toast('The browser keeps the clipboard to itself here. The paste keys work.');
  }
}

function clear(): void {
  useSelection.getState().clear();
}

/** Downwards becomes rightwards, and the cards with it. */
function turn(): void {
  const { direction, set } = useView.getState();
  set({ direction: direction === 'down' ? 'right' : 'down' });
  void arrange('Turn the network');
}

/** Of the arrow keys, in canvas pixels: a third of the dots' distance, and two dots with shift. */
const STEP = 8;
const FAR_STEP = 48;
const ZOOM = 1.25;

const NUDGES = [
  ['left', 'ArrowLeft', -1, 0],
  ['right', 'ArrowRight', 1, 0],
  ['up', 'ArrowUp', 0, -1],
  ['down', 'ArrowDown', 0, 1],
] as const;

export const canvasCommands: Command[] = [
  {
    id: 'edit.delete',
    title: 'Delete',
    keys: ['Delete', 'Backspace'],
    group: 'Edit',
    when: something,
    run: () => deleteSelection(),
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    keys: ['$mod+D'],
    group: 'Edit',
    when: someNodes,
    run: () => duplicate(),
  },
  // The keys of copy, cut and paste are the browser's: it turns them into clipboard events.
  { id: 'edit.copy', title: 'Copy', keys: [], group: 'Edit', when: someNodes, run: () => write(copied()) },
  { id: 'edit.cut', title: 'Cut', keys: [], group: 'Edit', when: someNodes, run: () => write(cut()) },
  { id: 'edit.paste', title: 'Paste', keys: [], group: 'Edit', run: () => void readAndPaste() },
  { id: 'edit.selectAll', title: 'Select all', keys: ['$mod+A'], group: 'Edit', when: notEmpty, run: selectAll },
  { id: 'edit.clearSelection', title: 'Select nothing', keys: ['Escape'], group: 'Edit', when: something, run: clear },
  ...NUDGES.flatMap(([side, key, x, y]): Command[] => [
    {
      id: `edit.nudge.${side}`,
      title: `Move ${side}`,
      keys: [key],
      group: 'Edit',
      when: someNodes,
      run: () => nudge([x * STEP, y * STEP]),
    },
    {
      id: `edit.nudge.far.${side}`,
      title: `Move far ${side}`,
      keys: [`Shift+${key}`],
      group: 'Edit',
      when: someNodes,
      run: () => nudge([x * FAR_STEP, y * FAR_STEP]),
    },
  ]),
  { id: 'view.arrange', title: 'Arrange', keys: ['Shift+A'], group: 'View', when: notEmpty, run: () => void arrange() },
  { id: 'view.fit', title: 'Fit the view', keys: ['Shift+Digit1'], group: 'View', when: notEmpty, run: () => fitAll() },
  { id: 'view.zoomIn', title: 'Zoom in', keys: ['+', '='], group: 'View', run: () => zoomBy(ZOOM) },
  { id: 'view.zoomOut', title: 'Zoom out', keys: ['-'], group: 'View', run: () => zoomBy(1 / ZOOM) },
  { id: 'view.direction', title: 'Turn the network: downwards or to the right', keys: [], group: 'View', run: turn },
];
