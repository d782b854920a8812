import { memo } from 'react';
import type { NodeId } from '@/document';
import { formatPercent, fullNumber } from '@/editor/inspector/numbers';
import type { SummaryRow } from './rows';

interface Props {
  row: SummaryRow;
  place: number;
  selected: boolean;
  tabStop: boolean;
  onSelect(ids: readonly NodeId[]): void;
}

/** Rows are made anew with every edit; only those that say something else are drawn again. */
const unchanged = (before: Props, after: Props): boolean =>
  before.place === after.place &&
  before.selected === after.selected &&
  before.tabStop === after.tabStop &&
  Object.keys({ ...before.row, ...after.row }).every(
    (key) => before.row[key as keyof SummaryRow] === after.row[key as keyof SummaryRow],
  );

export const SummaryRowView = memo(function SummaryRowView({ row, place, selected, tabStop, onSelect }: Props) {
  const number = (value: SummaryRow['params']) => (row.output === null ? '?' : fullNumber(value));
  return (
    <tr
      data-row={row.id}
      aria-selected={selected}
      tabIndex={tabStop ? 0 : -1}
      className="cursor-pointer tabular-nums hover:bg-hover aria-selected:bg-selected focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
      onClick={() => onSelect([row.id])}
    >
      <td className="w-10 px-2 py-0.5 text-right text-muted">{place}</td>
      <th scope="row" className="max-w-48 truncate px-2 py-0.5 text-left font-medium">
        {row.name}
      </th>
      <td className="px-2 py-0.5 whitespace-nowrap text-muted">{row.type}</td>
      <td className="px-2 py-0.5 whitespace-nowrap">{row.output ?? <span className="text-danger">not known</span>}</td>
      <td className="px-2 py-0.5 text-right">
        {number(row.params)}
        {row.tiedTo === undefined ? null : <span className="text-muted"> of {row.tiedTo}</span>}
      </td>
      <td className="px-2 py-0.5 text-right">{number(row.trainable)}</td>
      <td className="px-2 py-0.5 text-right">{number(row.macs)}</td>
      <td className="px-2 py-0.5">
        {row.share === null || row.share === 0 ? null : (
          <div className="flex items-center gap-2">
            <div aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
              <div className="h-full rounded-full bg-accent" style={{ width: `${100 * row.share}%` }} />
            </div>
            <span className="w-12 text-right text-xs text-muted">{formatPercent(row.share)}</span>
          </div>
        )}
      </td>
    </tr>
  );
}, unchanged);
