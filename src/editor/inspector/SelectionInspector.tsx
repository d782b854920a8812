import { Group } from 'lucide-react';
import type { NodeId } from '@/document';
import { askToGroup } from '@/editor/blocks/commands';
import { Button } from '@/editor/ui';
import { add, type Dim, layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { grouped } from './grouped';
import { Params } from './node/Params';
import { formatBytes, fullNumber } from './numbers';
import { Section } from './Section';

/** Several nodes: what they sum up to, and the hyperparameters they share, edited at once. */
export function SelectionInspector({ ids }: { ids: readonly NodeId[] }) {
  const document = useNetwork((state) => state.document);
  const { nodes } = document.graph;
  const inference = useNetwork((state) => state.inference);
  const select = useSelection((state) => state.select);
  const expanded = useNetwork((state) => state.expanded);
  const types = [...grouped(ids, (id) => nodes[id]?.type ?? '')];
  const [only] = types;
  const layer = types.length === 1 && only ? layerIn(document, only[0]) : undefined;
  const sum = (measure: 'parameters' | 'trainable' | 'macs' | 'activationBytes'): Dim =>
    ids
      // A tied node's weights are its owner's.
      .filter((id) => measure === 'macs' || measure === 'activationBytes' || nodes[id]?.tiedTo === undefined)
      .reduce<Dim>((total, id) => add(total, inference.nodes.get(id)?.[measure] ?? 0), 0);
  const unknown = ids.some((id) => !inference.nodes.get(id)?.output);
  return (
    <>
      <header className="px-3 pt-3 pb-2">
        <h2 className="text-sm font-semibold">{ids.length} layers selected</h2>
        {expanded ? null : (
          <Button size="small" className="mt-1.5" onClick={() => askToGroup(ids)}>
            <Group size={13} aria-hidden /> Group into a block…
          </Button>
        )}
      </header>
      <Section title="Together">
        {unknown ? (
          <p className="text-muted">Not shown while a problem leaves one of them unknown.</p>
        ) : (
          <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-1">
            <dt className="text-muted">Parameters</dt>
            <dd className="text-right tabular-nums">{fullNumber(sum('parameters'))}</dd>
            <dt className="text-muted">trainable</dt>
            <dd className="text-right tabular-nums">{fullNumber(sum('trainable'))}</dd>
            <dt className="text-muted">Multiply-adds</dt>
            <dd className="text-right tabular-nums">{fullNumber(sum('macs'))}</dd>
            <dt className="text-muted">Outputs, one sample</dt>
            <dd className="text-right tabular-nums">{formatBytes(sum('activationBytes'))}</dd>
          </dl>
        )}
      </Section>
      <Section title="By type">
        <ul>
          {types.map(([type, members]) => (
            <li key={type}>
              <button
                type="button"
                className="flex w-full justify-between rounded-sm py-0.5 hover:bg-hover"
                onClick={() => select(members)}
              >
                <span>{layerIn(document, type)?.title ?? type}</span>
                <span className="text-muted tabular-nums">×{members.length}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
      {layer ? <Params key={ids.join(' ')} ids={ids} layer={layer} /> : null}
    </>
  );
}
