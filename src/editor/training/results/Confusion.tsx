import { memo } from 'react';
import { formatPercent, fullNumber } from '@/editor/inspector/numbers';
import type { Probe } from '@/training/protocol';
import type { CellFilter } from './FilterLine';

interface Props {
  probe: Probe;
  filter: CellFilter | null;
  onPick(cell: CellFilter | null): void;
}

/** A table of more is not to be read at this width. */
const MOST = 20;

/** How often each class was taken for which: rows are what it is, columns what was said. */
export const Confusion = memo(function Confusion({ probe: { classes, confusion, epoch }, filter, onPick }: Props) {
  if (!classes) return <p className="text-muted">The target is no class, so nothing can be confused.</p>;
  if (!confusion || classes.length > MOST)
    return <p className="text-muted">{fullNumber(classes.length)} classes are too many for a table; see the scores.</p>;
  // A class that neither occurs nor is said has nothing to show: padding, at the steps of a text.
  const shown = classes
    .map((name, index) => ({ name, index }))
    .filter(({ index }) => confusion[index]?.some(Boolean) || confusion.some((row) => (row[index] ?? 0) > 0));
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const all = totals.reduce((sum, count) => sum + count, 0);
  const right = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  return (
    <div className="overflow-x-auto">
      <table className="w-full table-fixed border-collapse text-[11px] tabular-nums">
        <caption className="pb-1 text-left text-xs text-muted">
          {fullNumber(right)} of {fullNumber(all)} right ({formatPercent(all === 0 ? 0 : right / all)}), epoch {epoch}.
          Rows: actual; columns: predicted.
        </caption>
        <thead>
          <tr>
            <th scope="col" className="w-12 truncate text-left font-normal text-muted">
              <span className="sr-only">Actual</span>
            </th>
            {shown.map(({ name }) => (
              <th key={name} scope="col" className="truncate font-normal text-muted" title={`predicted ${name}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, index: actual }) => (
            <tr key={name}>
              <th scope="row" className="truncate pr-1 text-left font-normal text-muted" title={name}>
                {name}
              </th>
              {shown.map(({ name: guess, index: predicted }) => (
                <Cell
                  key={guess}
                  count={confusion[actual]?.[predicted] ?? 0}
                  total={totals[actual] ?? 0}
                  title={`${name} taken for ${guess}`}
                  right={actual === predicted}
                  chosen={filter?.actual === actual && filter.predicted === predicted}
                  onPick={() => onPick({ actual, predicted })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

interface CellProps {
  count: number;
  total: number;
  title: string;
  right: boolean;
  chosen: boolean;
  onPick(): void;
}

/** Shaded by its share of the row; the root makes the few mistakes of a good network visible. */
function Cell({ count, total, title, right, chosen, onPick }: CellProps) {
  const strength = total === 0 ? 0 : Math.sqrt(count / total);
  const colour = right ? 'var(--chart-training)' : 'var(--chart-wrong)';
  const text = `${title}: ${fullNumber(count)} of ${fullNumber(total)}`;
  return (
    <td className="border border-panel p-0">
      {count === 0 ? (
        <div className="flex h-[21px] items-center justify-center bg-sunken text-muted" title={text}>
          <span className="sr-only">0</span>
        </div>
      ) : (
        <button
          type="button"
          title={text}
          aria-label={text}
          aria-pressed={chosen}
          className="flex h-[21px] w-full items-center justify-center hover:outline-2 hover:-outline-offset-2 hover:outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
          style={{
            background: `color-mix(in oklab, ${colour} ${Math.round(12 + 33 * strength)}%, var(--color-sunken))`,
          }}
          onClick={onPick}
        >
          {count}
        </button>
      )}
    </td>
  );
}
