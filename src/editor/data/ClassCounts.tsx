import { useMemo } from 'react';
import { classCounts, type Dataset } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';

/** How many samples each class has: an uneven set teaches the frequent ones better. */
export function ClassCounts({ dataset }: { dataset: Dataset }) {
  const classes = dataset.info.fields.label?.classes;
  const counts = useMemo(() => (classes ? classCounts(dataset) : []), [dataset, classes]);
  if (!classes) return null;
  const most = Math.max(...counts, 1);
  return (
    <section aria-label="Samples of each class">
      <h3 className="mb-1 text-xs font-semibold text-muted">Classes</h3>
      <ul className="text-xs">
        {classes.map((name, index) => (
          <li key={name} className="grid grid-cols-[minmax(24px,auto)_minmax(0,1fr)_44px] items-center gap-2">
            <span className="truncate">{name}</span>
            <span
              aria-hidden
              className="h-1.5 rounded-full bg-accent"
              style={{ width: `${(100 * (counts[index] ?? 0)) / most}%` }}
            />
            <span className="text-right tabular-nums">{fullNumber(counts[index] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
