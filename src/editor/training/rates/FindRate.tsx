import { useNetwork } from '@/state/network';
import { useRateFinder } from '@/state/rateFinder';
import { useTrain } from '../useTrain';

/** Begins a search for the learning rate of a phase; what it finds is shown beside the settings. */
export function FindRate({ phase }: { phase: number }) {
  const id = useNetwork((state) => state.id);
  const document = useNetwork((state) => state.whole);
  const searching = useRateFinder((state) => state.searching);
  const { find } = useRateFinder.getState();
  const { obstacle, active, goOnFrom } = useTrain();
  return (
    <div className="grid grid-cols-[var(--label,104px)_minmax(0,1fr)] gap-x-2">
      <span />
      <button
        type="button"
        className="justify-self-start text-left text-xs text-accent hover:underline disabled:text-muted disabled:no-underline"
        title={
          active
            ? 'Not while a run is going on'
            : 'Tries rates from low to high on a copy of the network, and shows where the loss falls most steeply'
        }
        disabled={active || searching || obstacle !== null}
        onClick={() => void find(id, document, phase, goOnFrom ?? undefined)}
      >
        Find a learning rate
      </button>
    </div>
  );
}
