import { Snowflake, StickyNote } from 'lucide-react';
import { useState } from 'react';
import { type NetworkNode, type NodeId, renameNode, setNote, setTrainable } from '@/document';
import { IconButton } from '@/editor/ui';
import type { LayerDeclaration } from '@/layers';
import { useNetwork, useNodeInference } from '@/state/network';
import { FIELD } from '../params/DraftInput';

interface Props {
  id: NodeId;
  node: NetworkNode;
  layer: LayerDeclaration | undefined;
}

/** Name and type, whether it is frozen, and the author's remark. */
export function Header({ id, node, layer }: Props) {
  const edit = useNetwork((state) => state.edit);
  const inference = useNodeInference(id);
  // A block has none of its own, but those of the layers within.
  const hasWeights = inference !== undefined && (inference.weights.length > 0 || inference.parameters !== 0);
  const [writing, setWriting] = useState(false);
  const trainable = node.trainable !== false;
  return (
    <header className="flex flex-col gap-2 px-3 pt-3 pb-2">
      <div className="flex items-center gap-2">
        <span
          aria-hidden
          className="size-2.5 shrink-0 rounded-full"
          style={{ background: `var(--family-${layer?.family ?? 'unknown'})` }}
        />
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{layer?.title ?? node.type}</h2>
        {hasWeights || !trainable ? (
          <IconButton
            label={trainable ? 'Freeze the weights' : 'Let the weights train'}
            aria-pressed={!trainable}
            onClick={() =>
              edit(`${trainable ? 'freeze' : 'unfreeze'} ${node.name ?? id}`, (document) =>
                setTrainable(document, id, !trainable),
              )
            }
          >
            <Snowflake size={14} />
          </IconButton>
        ) : null}
        <IconButton label="Note" aria-pressed={writing || node.note !== undefined} onClick={() => setWriting(!writing)}>
          <StickyNote size={14} />
        </IconButton>
      </div>
      {layer ? <p className="text-xs text-muted">{layer.summary}</p> : null}
      <Name id={id} node={node} />
      {trainable ? null : <p className="text-xs text-muted">Frozen: training leaves its weights as they are.</p>}
      {writing || node.note !== undefined ? (
        <textarea
          aria-label="Note"
          className={`${FIELD} h-auto min-h-14 resize-y py-1`}
          placeholder="A remark that stays with the layer"
          value={node.note ?? ''}
          maxLength={10_000}
          onChange={(event) => {
            const text = event.target.value;
            edit(`note on ${node.name ?? id}`, (document) => setNote(document, id, text), { coalesce: `note ${id}` });
          }}
        />
      ) : null}
    </header>
  );
}

/** The name is kept as it is typed, and trimmed once left. */
function Name({ id, node }: { id: NodeId; node: NetworkNode }) {
  const edit = useNetwork((state) => state.edit);
  const [draft, setDraft] = useState<string>();
  return (
    <label className="grid grid-cols-[104px_minmax(0,1fr)] items-center gap-x-2 text-muted">
      Name
      <input
        className={`${FIELD} text-fg`}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={draft ?? node.name ?? id}
        onChange={(event) => {
          const name = event.target.value;
          setDraft(name);
          edit(`rename ${id}`, (document) => renameNode(document, id, name), { coalesce: `name ${id}` });
        }}
        onBlur={() => setDraft(undefined)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </label>
  );
}
