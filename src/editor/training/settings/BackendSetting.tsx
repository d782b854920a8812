import { Select } from '@/editor/ui';
import { type BackendChoice, useRun } from '@/state/run';
import type { BackendName } from '@/training/protocol';

export const BACKEND_TITLES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript (CPU)',
};

const CHOICES: readonly { value: BackendChoice; label: string }[] = [
  { value: 'auto', label: 'Auto: the fastest' },
  ...(Object.keys(BACKEND_TITLES) as BackendName[]).map((value) => ({ value, label: BACKEND_TITLES[value] })),
];

/** `WebAssembly, 2 threads`: what was timed. */
export const timedTitle = (backend: BackendName, threads: number | undefined): string =>
  `${BACKEND_TITLES[backend]}${threads === undefined ? '' : threads === 1 ? ', 1 thread' : `, ${threads} threads`}`;

/** What computes. Auto times a real step on each that exists; the times stand below. */
export function BackendSetting() {
  const choice = useRun((state) => state.backendChoice);
  const used = useRun((state) => state.backend);
  const choose = useRun((state) => state.chooseBackend);
  return (
    <div className="grid grid-cols-[var(--label,104px)_minmax(0,1fr)_24px] items-start gap-x-2 py-1">
      <span className="flex min-h-7 items-center text-muted">Computed by</span>
      <Select
        className="col-span-2"
        label="Backend"
        value={choice}
        options={CHOICES}
        onValueChange={(value) => choose(value as BackendChoice)}
      />
      {used && used.timings.length > 0 ? (
        <ul aria-label="Time of a step on each backend" className="col-span-3 mt-1 text-xs text-muted">
          {used.timings.map(({ backend, threads, ms, note }) => {
            const inUse = backend === used.backend && (threads ?? used.threads) === used.threads;
            return (
              <li key={`${backend} ${threads}`} className={`flex justify-between gap-2 ${inUse ? 'text-fg' : ''}`}>
                <span className="whitespace-nowrap">
                  {timedTitle(backend, threads)}
                  {inUse ? ' (in use)' : ''}
                </span>
                <span className="text-right tabular-nums">
                  {ms === null ? (note ?? 'not there') : `${ms.toFixed(1)} ms`}
                </span>
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
