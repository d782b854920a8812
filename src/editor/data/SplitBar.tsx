import { useMemo } from 'react';
import { type DatasetInfo, splitIndices } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';
import { useNetwork } from '@/state/network';

/** Which part trains and which part judges. */
export function SplitBar({ info }: { info: DatasetInfo }) {
  const validationSplit = useNetwork((state) => state.whole.training.validationSplit);
  const seed = useNetwork((state) => state.whole.training.seed);
  const split = useMemo(() => splitIndices(info.samples, { validationSplit, seed }), [info, validationSplit, seed]);
  const ownTest = validationSplit === undefined && info.samples.test > 0;
  return (
    <section aria-label="Split">
      <h3 className="mb-1 text-xs font-semibold text-muted">Split</h3>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full">
        <div className="bg-accent" style={{ flexGrow: split.train.length }} />
        <div
          className="bg-[repeating-linear-gradient(135deg,var(--chart-validation)_0_3px,transparent_3px_6px)]"
          style={{ flexGrow: split.validation.length }}
        />
      </div>
      <p className="mt-1 flex justify-between text-xs tabular-nums">
        <span>{fullNumber(split.train.length)} to train on</span>
        <span>{fullNumber(split.validation.length)} to validate on</span>
      </p>
      <p className="text-xs text-muted">
        {ownTest
          ? 'Validated on the test part the data set comes with.'
          : 'A random part is held out, the same one for the same seed. Change the share in Training.'}
      </p>
    </section>
  );
}
