import { X } from 'lucide-react';
import { setTraining } from '@/document';
import { Button, IconButton } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useRateFinder } from '@/state/rateFinder';
import { RateChart } from './RateChart';

/** What a search for a learning rate has found, to be taken with one click. */
export function RateSearch() {
  const id = useNetwork((state) => state.id);
  const about = useRateFinder((state) => state.about);
  const sweep = useRateFinder((state) => state.sweep);
  const searching = useRateFinder((state) => state.searching);
  const error = useRateFinder((state) => state.error);
  const { stop, close } = useRateFinder.getState();
  const edit = useNetwork((state) => state.editWhole);
  if (about?.id !== id) return null;
  const take = (rate: number) => {
    edit(`learning rate ${rate}`, (document) =>
      setTraining(document, {
        phases: document.training.phases.map((other, at) =>
          at === about.phase ? { ...other, optimizer: { ...other.optimizer, learningRate: rate } } : other,
        ),
      }),
    );
    close();
  };
  const suggestion = sweep?.suggestion ?? null;
  return (
    <figure aria-label="Learning-rate finder" className="flex shrink-0 grow basis-56 flex-col gap-1">
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">Loss over the learning rate</span>
        <p role="status" className={`min-w-0 flex-1 text-xs ${error === null ? 'text-muted' : 'text-danger'}`}>
          {error ?? wordsFor(searching, suggestion)}
        </p>
        {searching ? (
          <Button size="small" onClick={() => void stop()}>
            Enough
          </Button>
        ) : suggestion !== null ? (
          <Button size="small" variant="primary" onClick={() => take(suggestion)}>
            Use {suggestion}
          </Button>
        ) : null}
        <IconButton label="Close the finder" onClick={close}>
          <X size={13} />
        </IconButton>
      </figcaption>
      {sweep && sweep.points.length > 1 ? <RateChart sweep={sweep} onPick={searching ? null : take} /> : null}
    </figure>
  );
}

function wordsFor(searching: boolean, suggestion: number | null): string {
  if (searching) return 'Trying rates on a copy of the network…';
  if (suggestion === null) return 'At no rate did the loss fall: look at the network and its loss first.';
  return `It falls most steeply at ${suggestion}. A press on the curve takes another.`;
}
