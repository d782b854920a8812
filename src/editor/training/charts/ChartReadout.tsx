import type { ChartRow } from '@/state/run/history';

interface Props {
  row: ChartRow | undefined;
  past: readonly { id: number; title: string }[];
  format(value: number): string;
}

/** The values under the pointer. */
export function ChartReadout({ row, past, format }: Props) {
  if (!row) return null;
  const earlier = past.flatMap(({ id, title }, index) => {
    const value = row.past[index];
    return typeof value === 'number' ? [{ key: String(id), label: `before: ${title}`, value }] : [];
  });
  const values = [
    { key: 'smooth', label: 'training', value: row.smooth },
    { key: 'raw', label: 'this step', value: row.raw },
    { key: 'validation', label: 'validation', value: row.validation },
    ...earlier,
  ];
  return (
    <div className="rounded border border-line bg-raised px-2 py-1 text-xs shadow-sm">
      <div className="text-muted">epoch {row.epoch.toFixed(2)}</div>
      <dl className="grid grid-cols-[auto_auto] gap-x-3 tabular-nums">
        {values.map(({ key, label, value }) =>
          value === null ? null : (
            <div key={key} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="text-right">{format(value)}</dd>
            </div>
          ),
        )}
      </dl>
    </div>
  );
}
