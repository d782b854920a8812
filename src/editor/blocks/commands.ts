/** What blocks add to the command palette, the menus and the keyboard. */
import { toast } from 'sonner';
import { blockIdOf, type NetworkDocument, type NodeId, substitute, titleOfBlock } from '@/document';
import type { Command } from '@/editor/commands';
import { ask } from '@/editor/ui/ask';
import { useNetwork } from '@/state/network';
import { useOwnBlocks } from '@/state/ownBlocks';
import { useSelection } from '@/state/selection';
import {
  goUp,
  group,
  makeOwn,
  openBlock,
  ownersFor,
  repeat,
  selectedInstance,
  showAllLayers,
  takeApart,
  titleOfNode,
  untieNode,
} from './edits';
import { openTie } from './tying';
import { unfoldInstance } from './unfolding';

const selected = (): NodeId[] => [...useSelection.getState().nodes];
const only = (): NodeId | null => (selected().length === 1 ? (selected()[0] ?? null) : null);
const inside = (): boolean => useNetwork.getState().path.length > 0;
const nodeOf = (id: NodeId | null) => (id === null ? undefined : useNetwork.getState().document.graph.nodes[id]);

/** Does something with the selected instance. */
const withInstance = (run: (id: NodeId) => void) => () => {
  const id = selectedInstance();
  if (id !== null) run(id);
};

const complain = (refusal: string | null): void => {
  if (refusal !== null) toast(refusal);
};

export function askToGroup(ids: readonly NodeId[] = selected()): void {
  ask({
    title: ids.length === 1 ? 'Group 1 layer into a block' : `Group ${ids.length} layers into a block`,
    description: 'The wires that cross become its ports. Nothing that is computed changes.',
    label: 'Name of the block',
    value: 'Block',
    action: 'Group',
    answer: (title) => group(ids, title),
  });
}

export function askToRepeat(id: NodeId): void {
  const { document, inference } = useNetwork.getState();
  const node = document.graph.nodes[id];
  ask({
    title: `Repeat ${titleOfNode(document, id)}`,
    description: 'Copies in a chain: what comes out of one goes into the next.',
    label: 'How many copies',
    value: String(node?.repeat ?? 2),
    action: 'Repeat',
    answer: (text) => {
      const plain = text.trim();
      const times = substitute(/^\d+$/.test(plain) ? Number(plain) : plain, inference.environment);
      if (typeof times !== 'number' || !Number.isInteger(times) || times < 1 || times > 1000)
        return 'A whole number from 1 to 1000 is needed.';
      repeat(id, /^\d+$/.test(plain) ? Number(plain) : plain);
      return null;
    },
  });
}

/** Keeps the selected instance's block, or the one that one is in, for other networks. */
function keepHere(): void {
  const id = selectedInstance();
  const { document, whole, block } = useNetwork.getState();
  const chosen = id === null ? block : blockIdOf(document.graph.nodes[id]?.type ?? '');
  if (chosen !== null) keepBlock(whole, chosen);
}

export function keepBlock(whole: NetworkDocument, block: string): void {
  const title = titleOfBlock(block, whole.blocks?.[block] ?? { graph: { nodes: {}, edges: [] } });
  useOwnBlocks
    .getState()
    .keep(whole, block)
    .then(
      () => toast(`${title} is among your blocks now, for every network`),
      () => toast.error(`${title} could not be kept: the browser offers no storage here.`),
    );
}

export const blockCommands: Command[] = [
  {
    id: 'block.group',
    title: 'Group into a block…',
    keys: ['$mod+G'],
    group: 'Edit',
    when: () => selected().length > 0,
    run: () => askToGroup(),
  },
  {
    id: 'block.open',
    title: 'Open the block',
    keys: ['$mod+ArrowDown'],
    group: 'View',
    when: () => selectedInstance() !== null,
    run: withInstance((id) => openBlock(id)),
  },
  {
    id: 'block.up',
    title: 'Leave the block',
    keys: ['$mod+ArrowUp', 'Escape'],
    group: 'View',
    when: inside,
    run: goUp,
  },
  {
    id: 'block.all',
    title: 'Show all layers, blocks opened out',
    keys: ['Shift+E'],
    group: 'View',
    when: () => !useNetwork.getState().expanded && useNetwork.getState().whole.blocks !== undefined,
    run: showAllLayers,
  },
  {
    id: 'block.folded',
    title: 'Show blocks again',
    keys: ['Shift+E', 'Escape'],
    group: 'View',
    when: () => useNetwork.getState().expanded,
    run: () => useNetwork.getState().go([]),
  },
  {
    id: 'block.unfold',
    title: 'Show the block in place',
    keys: ['$mod+Shift+ArrowDown'],
    group: 'View',
    when: () => selectedInstance() !== null,
    run: withInstance(unfoldInstance),
  },
  {
    id: 'block.takeApart',
    title: 'Take the block apart',
    keys: ['$mod+Shift+G'],
    group: 'Edit',
    when: () => selectedInstance() !== null,
    run: withInstance((id) => complain(takeApart(id))),
  },
  {
    id: 'block.repeat',
    title: 'Repeat the block…',
    keys: [],
    group: 'Edit',
    when: () => selectedInstance() !== null,
    run: withInstance(askToRepeat),
  },
  {
    id: 'block.own',
    title: 'Detach the block: a definition of its own',
    keys: [],
    group: 'Edit',
    when: () => selectedInstance() !== null,
    run: withInstance(makeOwn),
  },
  {
    id: 'block.keep',
    title: 'Keep the block in my blocks',
    keys: [],
    group: 'Edit',
    when: () => selectedInstance() !== null || inside(),
    run: keepHere,
  },
  {
    id: 'block.tie',
    title: 'Share the weights of…',
    keys: [],
    group: 'Edit',
    when: () => {
      const id = only();
      return id !== null && ownersFor(useNetwork.getState().document, id).length > 0;
    },
    run: () => {
      const id = only();
      if (id !== null) openTie(id);
    },
  },
  {
    id: 'block.untie',
    title: 'Give it weights of its own',
    keys: [],
    group: 'Edit',
    when: () => nodeOf(only())?.tiedTo !== undefined,
    run: () => {
      const id = only();
      if (id !== null) untieNode(id);
    },
  },
];
