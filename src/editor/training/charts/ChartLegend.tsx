import { useRun } from '@/state/run';

export const TRAINING = { colour: 'var(--chart-training)', opacity: 1 } as const;
export const VALIDATION = { colour: 'var(--chart-validation)', opacity: 1, dash: '5 3' } as const;

const LINES = [
  { label: 'training, smoothed', line: TRAINING },
  { label: 'each step', line: { ...TRAINING, opacity: 0.35 } },
  { label: 'validation', line: VALIDATION },
] as const;

/** What the lines are; told apart by dash as well as by colour. */
export function ChartLegend() {
  const past = useRun((state) => state.past.length);
  const clear = useRun((state) => state.clearPast);
  return (
    <ul aria-label="Lines" className="flex flex-wrap items-center gap-x-4 text-xs text-muted">
      {LINES.map(({ label, line }) => (
        <li key={label} className="flex items-center gap-1.5">
          <LineSample {...line} />
          {label}
        </li>
      ))}
      <li>from left to right: epochs</li>
      {past > 0 ? (
        <li className="flex items-center gap-1.5">
          <LineSample colour="var(--chart-past)" opacity={1} />
          {past === 1 ? 'the run before' : `${past} runs before`}
          <button type="button" className="text-accent hover:underline" onClick={clear}>
            Clear
          </button>
        </li>
      ) : null}
    </ul>
  );
}

export function LineSample({ colour, opacity, dash }: { colour: string; opacity: number; dash?: string }) {
  return (
    <svg aria-hidden="true" width="20" height="8">
      <line
        x1="0"
        x2="20"
        y1="4"
        y2="4"
        stroke={colour}
        strokeOpacity={opacity}
        strokeWidth="2"
        strokeDasharray={dash}
      />
    </svg>
  );
}
