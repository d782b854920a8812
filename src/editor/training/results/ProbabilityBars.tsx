import { formatPercent } from '@/editor/inspector/numbers';

interface Props {
  probabilities: readonly number[];
  classes: readonly string[] | null;
  /** The right class, where it is known. */
  actual?: number;
  /** Only the most likely ones, most likely first; all in order where absent. */
  most?: number;
}

/** The probability of each class. */
export function ProbabilityBars({ probabilities, classes, actual, most }: Props) {
  const longest = Math.max(1, ...(classes ?? []).map((name) => name.length));
  const best = probabilities.indexOf(Math.max(...probabilities));
  const all = probabilities.map((probability, index) => ({ index, probability }));
  const shown = most === undefined ? all : all.toSorted((a, b) => b.probability - a.probability).slice(0, most);
  return (
    <ul
      aria-label="Probabilities"
      className="grid gap-x-2 text-xs"
      style={{ gridTemplateColumns: `${Math.min(longest + 2, 11)}ch minmax(0, 1fr) 56px` }}
    >
      {shown.map(({ index, probability }) => (
        <li
          key={index}
          className={`col-span-3 grid grid-cols-subgrid items-center ${index === best ? 'font-semibold' : ''}`}
        >
          <span className="truncate" title={classes?.[index]}>
            {classes?.[index] ?? index}
            {index === actual ? <span className="text-muted"> ✓</span> : null}
          </span>
          {/* Said as “7 98.1 %”, not as “798.1 %”. */}{' '}
          <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
            <span
              className={`block h-full rounded-full ${index === best ? 'bg-accent' : 'bg-muted'}`}
              style={{ width: `${100 * Math.min(1, Math.max(0, probability))}%` }}
            />
          </span>
          <span className="text-right whitespace-nowrap tabular-nums">{formatPercent(probability)}</span>
        </li>
      ))}
    </ul>
  );
}
