import { Button } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { changeSince } from '@/state/run/structure';
import { brokenOffText, epochsText, scoreText } from './statusText';
import { useTrain } from './useTrain';

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** What must be known to read the curves: which network they are of, and where restored weights come from. */
export function RunNotices() {
  const id = useNetwork((state) => state.id);
  const document = useNetwork((state) => state.whole);
  const network = useRun((state) => state.network);
  const status = useRun((state) => state.status);
  const weights = useRun((state) => state.weights);
  const discard = useRun((state) => state.discardWeights);
  const unkept = useRun((state) => state.unkept);
  const keep = useRun((state) => state.keepWeights);
  const { obstacle, train } = useTrain();
  if (!network) return null;
  const active = isActive(status);
  const change = changeSince(network.document, document);
  if (network.id !== id) {
    return active ? (
      <Notice>This run trains “{network.document.name}”, which is not the network that is open.</Notice>
    ) : null;
  }
  const score = scoreText({ epochs: [], weights });
  return (
    <>
      {unkept === null ? null : (
        <Notice
          action={
            <Button size="small" onClick={() => void keep()}>
              Try again
            </Button>
          }
        >
          {unkept === 'QuotaExceededError'
            ? 'The browser has no room left for the trained weights'
            : `The browser does not keep the trained weights (${unkept})`}
          : they last as long as this tab. Delete saved networks that you no longer need, or free some disk space.
        </Notice>
      )}
      {weights && status === 'idle' ? (
        <Notice
          action={
            <Button size="small" onClick={() => void discard()}>
              Discard
            </Button>
          }
        >
          {weights.bundle.state
            ? `${brokenOffText(weights.bundle.state)}, ${DAY.format(weights.savedAt)}. “Go on” takes it up from there.`
            : `Trained weights from ${epochsText(weights.bundle.epoch)}${score === null ? '' : `, ${score}`}, kept since ${DAY.format(weights.savedAt)}.`}
        </Notice>
      ) : null}
      {change === 'network' || (change === 'settings' && active) ? (
        <Notice
          action={
            <Button size="small" disabled={obstacle !== null} onClick={train}>
              Train with the changes
            </Button>
          }
        >
          {active
            ? `This run trains the network as it was at ${TIME.format(network.startedAt)}; train again for your changes.`
            : 'These results are of the network as it was before your changes.'}
        </Notice>
      ) : null}
    </>
  );
}

function Notice({ children, action }: { children: React.ReactNode; action?: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 rounded bg-sunken px-3 py-1.5 text-xs">
      <p>{children}</p>
      {action}
    </div>
  );
}
