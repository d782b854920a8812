import { clsx } from 'clsx';
import { useMemo } from 'react';
import { type DatasetInfo, splitIndices } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';
import { Tooltip } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { BATCH_KINDS, type BatchKind, batchKind, sizeOfKind } from './batch';
import { SETTINGS } from './specs';

const KINDS = Object.entries(BATCH_KINDS) as [BatchKind, { title: string; help: string }][];

/** What the batch size is called in a course, to be chosen by that name, and how many steps it makes of an epoch. */
export function BatchKinds({ info, set }: { info: DatasetInfo; set(batchSize: number): void }) {
  const size = useNetwork((state) => state.whole.training.batchSize);
  const validationSplit = useNetwork((state) => state.whole.training.validationSplit);
  const samples = useMemo(
    // Which they are follows from the seed, how many does not.
    () => splitIndices(info.samples, { validationSplit, seed: 0 }).train.length,
    [info, validationSplit],
  );
  const chosen = batchKind(size, samples);
  const steps = Math.ceil(samples / size);
  return (
    <div className="pb-1 text-xs">
      <fieldset aria-label="Kind of batch" className="flex flex-wrap gap-x-3">
        {KINDS.map(([kind, { title, help }]) => (
          <Tooltip key={kind} content={help}>
            <button
              type="button"
              aria-pressed={kind === chosen}
              className={clsx(
                'rounded-sm outline-accent focus-visible:outline-2',
                kind === chosen ? 'font-medium text-fg' : 'text-accent hover:underline',
              )}
              onClick={() => set(sizeOfKind(kind, size, samples, SETTINGS.batchSize.default))}
            >
              {title}
            </button>
          </Tooltip>
        ))}
      </fieldset>
      <p className="text-muted tabular-nums">
        {steps === 1 ? '1 step an epoch' : `${fullNumber(steps)} steps an epoch`}, {fullNumber(samples)} samples
      </p>
    </div>
  );
}
