import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { fullNumber } from '@/editor/inspector/numbers';
import { Button } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { type SortKey, sortRows, summaryRows, toCsv, toMarkdown } from './rows';
import { SummaryRowView } from './SummaryRowView';

const COLUMNS: readonly { key: SortKey; title: string; numeric?: boolean }[] = [
  { key: 'order', title: '#', numeric: true },
  { key: 'name', title: 'Name' },
  { key: 'type', title: 'Type' },
  { key: 'output', title: 'Output' },
  { key: 'params', title: 'Parameters', numeric: true },
  { key: 'trainable', title: 'Trainable', numeric: true },
  { key: 'macs', title: 'Multiply-adds', numeric: true },
];

/** Layer after layer, with the totals: what a paper's table shows. */
export function SummaryPanel() {
  // The table may follow a moment later than the edit it shows.
  const document = useDeferredValue(useNetwork((state) => state.document));
  const inference = useDeferredValue(useNetwork((state) => state.inference));
  const selected = useSelection((state) => state.nodes);
  const select = useSelection((state) => state.select);
  const [sort, setSort] = useState<{ key: SortKey; descending: boolean }>({ key: 'order', descending: false });
  const body = useRef<HTMLTableSectionElement>(null);

  const unsorted = useMemo(() => summaryRows(document, inference), [document, inference]);
  const rows = useMemo(() => sortRows(unsorted, sort.key, sort.descending), [unsorted, sort]);
  const places = useMemo(() => new Map(unsorted.map(({ id }, index) => [id, index + 1])), [unsorted]);
  const current = rows.find(({ id }) => selected.has(id))?.id;

  // The table follows what is selected on the canvas.
  useEffect(() => {
    if (current !== undefined)
      body.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const move = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length };
    const step = steps[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = rows.findIndex(({ id }) => id === current);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (!next) return;
    select([next.id]);
    body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(next.id)}"]`)?.focus();
  };
  const copy = (what: string, text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(`Summary copied as ${what}.`),
      () => toast.error('The browser did not allow copying.'),
    );

  if (rows.length === 0)
    return (
      <section aria-label="Summary" className="p-3 text-muted">
        The network is empty.
      </section>
    );
  return (
    <section aria-label="Summary" className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-auto">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are chosen with the arrow keys is a grid */}
        <table role="grid" aria-label="Layers of the network" className="w-full border-collapse text-[13px]">
          <thead className="sticky top-0 z-10 bg-panel text-xs text-muted">
            <tr>
              {COLUMNS.map(({ key, title, numeric }) => (
                <th
                  key={key}
                  aria-sort={sort.key === key ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                  className={`border-b border-line px-2 py-1 font-normal ${numeric ? 'text-right' : 'text-left'}`}
                >
                  <button
                    type="button"
                    className="inline-flex items-center gap-1 hover:text-fg"
                    onClick={() =>
                      setSort({
                        key,
                        descending: sort.key === key ? !sort.descending : numeric === true && key !== 'order',
                      })
                    }
                  >
                    {title}
                    {sort.key === key && sort.descending ? <ArrowDown size={11} aria-hidden /> : null}
                    {sort.key === key && !sort.descending ? <ArrowUp size={11} aria-hidden /> : null}
                  </button>
                </th>
              ))}
              <th className="w-40 border-b border-line px-2 py-1 text-left font-normal">Share of parameters</th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={move}>
            {rows.map((row, index) => (
              <SummaryRowView
                key={row.id}
                row={row}
                place={places.get(row.id) ?? index + 1}
                selected={selected.has(row.id)}
                tabStop={current === undefined ? index === 0 : row.id === current}
                onSelect={select}
              />
            ))}
          </tbody>
        </table>
      </div>
      <footer className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-3 py-1.5">
        {inference.totals ? (
          <p className="tabular-nums">
            <span className="text-muted">Total </span>
            {fullNumber(inference.totals.parameters)} <span className="text-muted">parameters, </span>
            {fullNumber(inference.totals.trainable)} <span className="text-muted">trainable, </span>
            {fullNumber(inference.totals.macs)} <span className="text-muted">multiply-adds</span>
          </p>
        ) : (
          <p className="text-muted">No totals while a problem stands.</p>
        )}
        <div className="flex gap-1.5">
          <Button size="small" onClick={() => void copy('Markdown', toMarkdown(rows, inference))}>
            Copy as Markdown
          </Button>
          <Button size="small" onClick={() => void copy('CSV', toCsv(rows, inference))}>
            Copy as CSV
          </Button>
        </div>
      </footer>
    </section>
  );
}
