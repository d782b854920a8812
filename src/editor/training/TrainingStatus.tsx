import { useEffect } from 'react';
import { formatReal } from '@/editor/inspector/numbers';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { Announcer } from './Announcer';
import { Sparkline } from './Sparkline';
import { epochsText, scoreText, statusText } from './statusText';

/** The state of training in one line, for when its panel is closed. */
export function TrainingStatus() {
  const id = useNetwork((state) => state.id);
  const status = useRun((state) => state.status);
  const progress = useRun((state) => state.progress);
  const epochs = useRun((state) => state.epochs);
  const weights = useRun((state) => state.weights);
  const history = useRun((state) => state.history);
  const steps = useRun((state) => state.steps);
  const show = useRun((state) => state.show);
  const active = isActive(status);
  // What was trained before comes back with its network; a run of another one is left to end first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a run is a reason to look again
  useEffect(() => void show(id), [id, active, show]);
  const score = scoreText({ epochs, weights });
  const loss = steps > 0 ? history.at('loss', steps - 1).smooth : null;
  return (
    <div className="flex min-w-0 items-center gap-3 overflow-hidden text-xs whitespace-nowrap tabular-nums">
      <span className={status === 'failed' ? 'text-danger' : 'text-muted'}>
        {status !== 'idle' || !weights
          ? statusText(status)
          : weights.bundle.state
            ? `Broken off in epoch ${weights.bundle.state.epoch}`
            : `Trained, ${epochsText(weights.bundle.epoch)}`}
      </span>
      {progress && status !== 'idle' ? (
        <span>
          epoch {progress.epoch}/{progress.epochs}
        </span>
      ) : null}
      {steps > 1 ? <Sparkline history={history} steps={steps} /> : null}
      {loss !== null && Number.isFinite(loss) ? <span>loss {formatReal(loss)}</span> : null}
      {score === null ? null : <span className="font-medium">{score}</span>}
      <Announcer />
    </div>
  );
}
