import { useState } from 'react';
import { Button, Segmented } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { DrawPad } from '../pad/DrawPad';
import { TextPad } from '../pad/TextPad';
import { drawableFor, readableFor } from '../readiness';
import { Confusion } from './Confusion';
import type { CellFilter } from './FilterLine';
import { Layers } from './Layers';
import { Samples } from './Samples';
import { Scores } from './Scores';

type View = 'confusion' | 'scores' | 'samples' | 'layers' | 'draw' | 'type';

/** What the network says: over all validation samples, of single ones, and of what a person draws or types. */
export function Results() {
  const id = useNetwork((state) => state.id);
  const network = useRun((state) => state.network);
  const probe = useRun((state) => state.probe);
  const status = useRun((state) => state.status);
  const weights = useRun((state) => state.weights);
  const ready = useRun((state) => state.ready);
  const wake = useRun((state) => state.wake);
  const [view, setView] = useState<View>('confusion');
  const [filter, setFilter] = useState<CellFilter | null>(null);
  if (!network || (network.id !== id && !isActive(status))) return <Hint />;
  const drawable = drawableFor(network.document);
  const readable = readableFor(network.document);
  const asleep = weights !== null && !ready && !isActive(status);
  const options: { value: View; label: string }[] = [
    { value: 'confusion', label: 'Confusion' },
    { value: 'scores', label: 'Scores' },
    { value: 'samples', label: 'Samples' },
    { value: 'layers', label: 'Layers' },
    ...(drawable ? [{ value: 'draw' as const, label: 'Draw' }] : []),
    ...(readable ? [{ value: 'type' as const, label: readable.task.kind === 'continue' ? 'Write' : 'Type' }] : []),
  ];
  return (
    <div className="flex flex-col gap-2">
      <Segmented label="Results" value={view} options={options} onValueChange={setView} />
      {view === 'layers' ? (
        <Layers />
      ) : asleep && !probe && view !== 'draw' && view !== 'type' ? (
        <div>
          <p className="mb-2 text-muted">
            The trained weights are kept in this browser. They are loaded when you look.
          </p>
          <Button size="small" onClick={() => void wake()}>
            See what they predict
          </Button>
        </div>
      ) : view === 'draw' && drawable ? (
        <DrawPad key={network.startedAt} drawable={drawable} samples={probe?.samples ?? []} />
      ) : view === 'type' && readable ? (
        <TextPad key={network.startedAt} readable={readable} probe={probe} />
      ) : !probe ? (
        <p className="text-muted">
          {isActive(status)
            ? 'After the first epoch, the validation samples are shown here.'
            : weights && ready
              ? 'Loading the weights…'
              : 'Nothing to show yet.'}
        </p>
      ) : view === 'scores' ? (
        <Scores probe={probe} />
      ) : view === 'confusion' ? (
        <Confusion
          probe={probe}
          filter={filter}
          onPick={(cell) => {
            setFilter(cell);
            if (cell) setView('samples');
          }}
        />
      ) : (
        <Samples probe={probe} filter={filter} onFilter={setFilter} />
      )}
    </div>
  );
}

function Hint() {
  return <p className="text-muted">Once trained, the network shows here what it takes for what, sample by sample.</p>;
}
