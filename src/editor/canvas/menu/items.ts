/** What can be done with a node, a wire or the canvas: the same in every menu. */
import { toast } from 'sonner';
import { blockOf, disconnect, edgeKey, type NodeId } from '@/document';
import { askToGroup, askToRepeat } from '@/editor/blocks/commands';
import { makeOwn, openBlock, ownersFor, takeApart, untieNode } from '@/editor/blocks/edits';
import { openTie } from '@/editor/blocks/tying';
import { unfoldInstance } from '@/editor/blocks/unfolding';
import { runCommand } from '@/editor/commands';
import { nameOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { openConnect } from '../connecting/dialog';
import { openPicker } from '../dropping/store';
import { deleteNodes, duplicate } from '../selected';

export type MenuTarget =
  | { kind: 'node'; id: NodeId }
  | { kind: 'wire'; key: string }
  | { kind: 'canvas'; x: number; y: number };

export interface MenuItem {
  title: string;
  /** Stands after a line. */
  begins?: boolean;
  danger?: boolean;
  run(): void;
}

const command = (title: string, id: string): MenuItem => ({ title, run: () => void runCommand(id) });

/** A node that is one of several selected stands for all of them. */
const meant = (id: NodeId): ReadonlySet<NodeId> => {
  const { nodes } = useSelection.getState();
  return nodes.has(id) ? nodes : new Set([id]);
};

export function menuItems(target: MenuTarget): MenuItem[] {
  if (target.kind === 'canvas') {
    return [
      { title: 'Add a layer…', run: () => openPicker({ x: target.x, y: target.y }) },
      { ...command('Paste', 'edit.paste'), begins: true },
      command('Select all', 'edit.selectAll'),
      { ...command('Arrange', 'view.arrange'), begins: true },
      command('Fit the view', 'view.fit'),
    ];
  }
  if (target.kind === 'wire') {
    return [
      {
        title: 'Delete wire',
        danger: true,
        run: () => {
          const { document, edit } = useNetwork.getState();
          const edge = document.graph.edges.find((candidate) => edgeKey(candidate) === target.key);
          if (edge) edit('Delete wire', (current) => disconnect(current, edge));
        },
      },
    ];
  }
  const ids = meant(target.id);
  return [
    ...(ids.size === 1 ? blockItems(target.id) : []),
    ...(ids.size === 1 ? [{ title: 'Connect to…', run: () => openConnect(target.id) }] : []),
    { title: 'Duplicate', run: () => duplicate(ids) },
    { ...command('Copy', 'edit.copy'), begins: true },
    command('Cut', 'edit.cut'),
    { title: 'Group into a block…', begins: true, run: () => askToGroup([...ids]) },
    ...(ids.size === 1 && ownersFor(useNetwork.getState().document, target.id).length > 0
      ? [{ title: 'Share the weights of…', run: () => openTie(target.id) }]
      : []),
    {
      title: ids.size === 1 ? 'Delete' : `Delete ${ids.size} layers`,
      begins: true,
      danger: true,
      run: () => deleteNodes(ids),
    },
  ];
}

/** What an instance of a block can do besides. */
function blockItems(id: NodeId): MenuItem[] {
  const { document } = useNetwork.getState();
  const node = document.graph.nodes[id];
  const untie = node?.tiedTo === undefined ? [] : [{ title: 'Give it weights of its own', run: () => untieNode(id) }];
  if (!blockOf(document, node)) return untie;
  return [
    { title: 'Open the block', run: () => openBlock(id) },
    { title: 'Show in place', run: () => unfoldInstance(id) },
    { title: 'Repeat…', run: () => askToRepeat(id) },
    {
      title: 'Take apart',
      run: () => {
        const refusal = takeApart(id);
        if (refusal !== null) toast(refusal);
      },
    },
    { title: 'Detach: a definition of its own', run: () => makeOwn(id) },
    ...untie,
  ];
}

/** What a menu is about, for those who hear it. */
export function menuLabel(target: MenuTarget): string {
  if (target.kind === 'canvas') return 'Canvas';
  if (target.kind === 'wire') return 'Wire';
  const node = useNetwork.getState().document.graph.nodes[target.id];
  return node ? nameOf(target.id, node) : target.id;
}
