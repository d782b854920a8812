/** The network as a list: the canvas for those who do not see it or do not use a pointer. */
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { type NodeId, renameNode } from '@/document';
import { centreOn } from '@/editor/canvas';
import { shapeText, spokenLabel, worstProblem } from '@/editor/canvas/flow/label';
import { nameOf } from '@/layers';
import { useDocumentNode, useLayer, useNetwork, useNodeInference } from '@/state/network';
import { useSelection } from '@/state/selection';
import { RowMenu } from './RowMenu';
import { moveFocus } from './roving';

export function Nodes() {
  const order = useNetwork((state) => state.inference.order);
  if (order.length === 0) return <p className="p-3 text-muted">Nothing here yet: add layers from the other list.</p>;
  return (
    <ol aria-label="Nodes of the network" className="@container p-1" onKeyDown={moveFocus}>
      {order.map((id) => (
        <NodeRow key={id} id={id} />
      ))}
    </ol>
  );
}

const NodeRow = memo(function NodeRow({ id }: { id: NodeId }) {
  const node = useDocumentNode(id);
  const layer = useLayer(node?.type ?? '');
  const inference = useNodeInference(id);
  const copies = useNetwork((state) => state.inference.copiesOf(id));
  const selected = useSelection((state) => state.nodes.has(id));
  const [renaming, setRenaming] = useState<'no' | 'now' | 'done'>('no');
  if (!node) return null;
  const name = nameOf(id, node);
  const problem = worstProblem(inference);
  if (renaming === 'now') return <RenameField id={id} name={name} onDone={() => setRenaming('done')} />;
  return (
    <li
      className="group flex items-center rounded-md [content-visibility:auto] [contain-intrinsic-size:auto_28px] hover:bg-hover data-selected:bg-selected"
      data-selected={selected || undefined}
      data-node-row={id}
    >
      <button
        type="button"
        // biome-ignore lint/a11y/noAutofocus: after renaming, the focus is back where it was
        autoFocus={renaming === 'done'}
        aria-label={spokenLabel(useNetwork.getState().document, id, node, inference, copies)}
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
          style={{ background: `var(--family-${layer?.family ?? 'unknown'})` }}
        />
        <span className="truncate">{name}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-muted @max-3xs:invisible">
          {layer?.title ?? node.type}
          {copies > 1 ? ` ×${copies}` : ''}
        </span>
        <span className="shrink-0 text-xs text-muted tabular-nums">{shapeText(node.type, inference)}</span>
        {problem?.severity === 'error' ? <CircleAlert size={13} className="shrink-0 text-danger" /> : null}
        {problem?.severity === 'warning' ? <TriangleAlert size={13} className="shrink-0 text-warning" /> : null}
      </button>
      <RowMenu id={id} name={name} onRename={() => setRenaming('now')} />
    </li>
  );
});

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
