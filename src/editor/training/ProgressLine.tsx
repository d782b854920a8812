import { formatBytes, formatDuration, fullNumber } from '@/editor/inspector/numbers';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import type { RunView } from '@/state/run/types';
import { timedTitle } from './settings/BackendSetting';
import { statusText } from './statusText';

/** How far the run is, how fast, and how long it will take. */
export function ProgressLine() {
  const status = useRun((state) => state.status);
  const message = useRun((state) => state.message);
  const progress = useRun((state) => state.progress);
  const download = useRun((state) => state.download);
  const backend = useRun((state) => state.backend);
  if (status === 'idle' && !progress) return null;
  const done = progress ? (progress.epoch - 1) * progress.stepsPerEpoch + progress.stepInEpoch : 0;
  const all = progress ? progress.epochs * progress.stepsPerEpoch : 1;
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-xs tabular-nums">
        <span className="font-medium">
          {statusText(status)}
          {message === null ? '' : `: ${message}`}
          {download ? ` ${formatBytes(download.loaded)} of ${formatBytes(download.total)}` : ''}
        </span>
        {progress ? (
          <span className="flex flex-wrap gap-x-3 text-muted">
            <span>
              epoch {progress.epoch}/{progress.epochs}
            </span>
            <span>
              step {fullNumber(progress.stepInEpoch)}/{fullNumber(progress.stepsPerEpoch)}
            </span>
            <span>{pace(progress.stepsPerSecond)} steps/s</span>
            <span title={`at a learning rate of ${progress.learningRate.toPrecision(3)}`}>
              {pace(progress.samplesPerSecond)} samples/s
            </span>
            {progress.secondsLeft !== null && isActive(status) ? (
              <span>{formatDuration(progress.secondsLeft)} left</span>
            ) : null}
            {backend ? <span title={timesOf(backend)}>{computedBy(backend)}</span> : null}
            <span title="What the weights, the optimizer and the data at hand take up">
              {formatBytes(progress.memory)} held
            </span>
          </span>
        ) : null}
      </div>
      <Bar share={download ? download.loaded / download.total : status === 'preparing' ? null : done / all} />
    </div>
  );
}

/** Whole from ten on; a large network may need seconds for a step. */
const pace = (perSecond: number): string =>
  perSecond >= 9.95 ? fullNumber(Math.round(perSecond)) : perSecond.toPrecision(2);

type Backend = NonNullable<RunView['backend']>;

/** Threads are WebAssembly's affair; a graphics card has thousands of its own. */
const computedBy = ({ backend, threads }: Backend): string =>
  timedTitle(backend, backend === 'wasm' ? threads : undefined);

/** What Auto found, which is all there is to say for its choice; the settings show it, too. */
const timesOf = ({ timings }: Backend): string | undefined =>
  timings.length === 0
    ? undefined
    : timings
        .map(
          ({ backend, threads, ms, note }) =>
            `${timedTitle(backend, threads)}: ${ms === null ? (note ?? 'not there') : `${ms.toFixed(1)} ms a step`}`,
        )
        .join('\n');

/** Null where it cannot be told how far it is. */
function Bar({ share }: { share: number | null }) {
  const percent = share === null ? undefined : Math.round(100 * Math.min(1, share));
  return (
    <div
      role="progressbar"
      aria-label="Training progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="mt-1 h-1 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={`h-full rounded-full bg-accent ${share === null ? 'w-1/3 opacity-50 motion-safe:animate-pulse' : ''}`}
        style={share === null ? undefined : { width: `${100 * Math.min(1, share)}%` }}
      />
    </div>
  );
}
