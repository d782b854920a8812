/** The network as a list: the canvas for those who do not see it or do not use a pointer. */
import { CircleAlert, Ellipsis, TriangleAlert } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { memo, useState } from 'react';
import { type NodeId, renameNode } from '@/document';
import { centreOn } from '@/editor/canvas';
import { openConnect } from '@/editor/canvas/connecting/dialog';
import { shapeText, spokenLabel, titleOf, worstProblem } from '@/editor/canvas/flow/label';
import { deleteNodes, duplicate } from '@/editor/canvas/selected';
import { layerOf, nameOf } from '@/layers';
import { useDocumentNode, useNetwork, useNodeInference } from '@/state/network';
import { useSelection } from '@/state/selection';
import { moveFocus } from './roving';

export function Nodes() {
  const order = useNetwork((state) => state.inference.order);
  if (order.length === 0) return <p className="p-3 text-muted">Nothing here yet: add layers from the other list.</p>;
  return (
    <ol aria-label="Nodes of the network" className="p-1" onKeyDown={moveFocus}>
      {order.map((id) => (
        <NodeRow key={id} id={id} />
      ))}
    </ol>
  );
}

const NodeRow = memo(function NodeRow({ id }: { id: NodeId }) {
  const node = useDocumentNode(id);
  const inference = useNodeInference(id);
  const selected = useSelection((state) => state.nodes.has(id));
  const [renaming, setRenaming] = useState(false);
  if (!node) return null;
  const name = nameOf(id, node);
  const problem = worstProblem(inference);
  if (renaming) return <RenameField id={id} name={name} onDone={() => setRenaming(false)} />;
  return (
    <li
      className="group flex items-center rounded-md [content-visibility:auto] [contain-intrinsic-size:auto_28px] hover:bg-hover data-selected:bg-selected"
      data-selected={selected || undefined}
    >
      <button
        type="button"
        aria-label={spokenLabel(id, node, inference)}
        aria-pressed={selected}
        className="flex min-w-0 flex-1 items-center gap-2 rounded-md py-1 pl-2 text-left focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
        onClick={(event) => {
          if (event.shiftKey) return useSelection.getState().toggle(id);
          useSelection.getState().select([id]);
          centreOn(id);
        }}
      >
        <span
          className="size-2.5 shrink-0 rounded-full"
          style={{ background: `var(--family-${layerOf(node.type)?.family ?? 'unknown'})` }}
        />
        <span className="truncate">{name}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-muted">{titleOf(node.type)}</span>
        <span className="shrink-0 text-xs text-muted tabular-nums">{shapeText(node.type, inference)}</span>
        {problem?.severity === 'error' ? <CircleAlert size={13} className="shrink-0 text-danger" /> : null}
        {problem?.severity === 'warning' ? <TriangleAlert size={13} className="shrink-0 text-warning" /> : null}
      </button>
      <RowMenu id={id} name={name} onRename={() => setRenaming(true)} />
    </li>
  );
});

function RowMenu({ id, name, onRename }: { id: NodeId; name: string; onRename(): void }) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button
      type="button"
      data-aside
      aria-label={`Menu of ${name}`}
      aria-haspopup="menu"
      className="shrink-0 rounded-md p-1.5 text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-fg focus-visible:opacity-100 aria-expanded:opacity-100"
      onClick={() => setOpen(true)}
    >
      <Ellipsis size={14} />
    </button>
  );
  // A thousand closed menus would weigh; one is made when it is asked for.
  if (!open) return trigger;
  const items: { title: string; danger?: boolean; run(): void }[] = [
    { title: 'Rename', run: onRename },
    ...(layerOf(useNetwork.getState().document.graph.nodes[id]?.type ?? '')?.role === 'loss'
      ? []
      : [{ title: 'Connect to…', run: () => openConnect(id) }]),
    { title: 'Duplicate', run: () => duplicate([id]) },
    { title: 'Delete', danger: true, run: () => deleteNodes([id]) },
  ];
  return (
    <DropdownMenu.Root defaultOpen onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          aria-label={name}
          className="z-50 min-w-36 rounded-md border border-line bg-raised p-1 text-[13px] text-fg shadow-lg"
        >
          {items.map(({ title, danger, run }) => (
            <DropdownMenu.Item
              key={title}
              className={`cursor-default rounded-sm px-2 py-1 outline-none data-highlighted:bg-hover ${danger ? 'text-danger' : ''}`}
              onSelect={run}
            >
              {title}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function RenameField({ id, name, onDone }: { id: NodeId; name: string; onDone(): void }) {
  const [text, setText] = useState(name);
  const finish = () => {
    useNetwork.getState().edit(`Rename ${name}`, (document) => renameNode(document, id, text));
    onDone();
  };
  return (
    <li className="p-0.5">
      <input
        // biome-ignore lint/a11y/noAutofocus: the person chose to rename it
        autoFocus
        aria-label={`Name of ${name}`}
        maxLength={200}
        className="h-7 w-full rounded-md border border-accent bg-field px-2 outline-none"
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') finish();
          if (event.key === 'Escape') onDone();
        }}
      />
    </li>
  );
}
