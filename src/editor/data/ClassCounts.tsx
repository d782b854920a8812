import { useMemo } from 'react';
import { classCounts, type Dataset } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';

/** More are not to be compared at a glance; the most frequent ones are shown then. */
const MOST = 12;

/** How often each class occurs: an uneven set teaches the frequent ones better. */
export function ClassCounts({ dataset }: { dataset: Dataset }) {
  const { fields } = dataset.info;
  const field = Object.keys(fields).find((name) => fields[name]?.kind === 'class');
  const counted = useMemo(() => {
    if (field === undefined) return [];
    const counts = classCounts(dataset, undefined, field);
    const { classes = [], shape = [] } = dataset.info.fields[field] ?? {};
    const all = classes.map((name, index) => ({ name, count: counts[index] ?? 0 }));
    // Of a class a step, the first is padding, which nobody learns.
    return shape.length > 0 ? all.slice(1) : all;
  }, [dataset, field]);
  if (counted.length === 0) return null;
  const many = counted.length > MOST;
  const shown = many ? counted.toSorted((a, b) => b.count - a.count).slice(0, MOST) : counted;
  const most = Math.max(...shown.map(({ count }) => count), 1);
  return (
    <section aria-label="Samples of each class">
      <h3 className="mb-1 text-xs font-semibold text-muted">
        {many ? `The most frequent of ${counted.length} classes` : 'Classes'}
      </h3>
      <ul className="grid grid-cols-[minmax(24px,auto)_minmax(0,1fr)_auto] gap-x-2 text-xs">
        {shown.map(({ name, count }) => (
          <li key={name} className="col-span-3 grid grid-cols-subgrid items-center">
            <span className="truncate">{name}</span>
            <span aria-hidden className="h-1.5 rounded-full bg-accent" style={{ width: `${(100 * count) / most}%` }} />
            <span className="text-right tabular-nums">{fullNumber(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
