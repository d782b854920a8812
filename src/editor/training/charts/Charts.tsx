import { useState } from 'react';
import { formatPercent, formatReal } from '@/editor/inspector/numbers';
import { useRateFinder } from '@/state/rateFinder';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import type { Measure } from '@/state/run/history';
import { ChartLegend, LineSample, TRAINING, VALIDATION } from './ChartLegend';
import { TrainingChart } from './TrainingChart';
import { useChartRows } from './useChartRows';

/** Loss and accuracy as they develop. */
export function Charts() {
  // A run that begins already has its axes: drawing them takes as long as the worker takes to start.
  const begun = useRun((state) => state.steps > 0 || isActive(state.status));
  const [logarithmic, setLogarithmic] = useState(false);
  const searched = useRateFinder((state) => state.about !== null);
  if (!begun) {
    return searched ? null : (
      <p className="m-auto max-w-sm text-center text-muted">
        Press Train to see loss and accuracy develop here, step by step.
      </p>
    );
  }
  return (
    <>
      <div className="grid shrink-0 grow basis-80 grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-2 @xl:basis-40 @xl:grid-cols-2">
        <Figure measure="loss" logarithmic={logarithmic} format={formatReal}>
          <label className="flex items-center gap-1 text-xs text-muted">
            <input
              type="checkbox"
              className="accent-accent"
              checked={logarithmic}
              onChange={(event) => setLogarithmic(event.target.checked)}
            />
            log
          </label>
        </Figure>
        <Figure measure="accuracy" logarithmic={false} format={formatPercent} />
      </div>
      <ChartLegend />
    </>
  );
}

interface FigureProps {
  measure: Measure;
  logarithmic: boolean;
  format(value: number): string;
  children?: React.ReactNode;
}

function Figure({ measure, logarithmic, format, children }: FigureProps) {
  const rows = useChartRows(measure);
  const past = useRun((state) => state.past);
  const epochs = useRun((state) => state.epochs);
  const last = epochs.at(-1);
  const validation = (measure === 'loss' ? last?.validationLoss : last?.validationAccuracy) ?? null;
  const training = rows.at(-1)?.smooth ?? null;
  const title = measure === 'loss' ? 'Loss' : 'Accuracy';
  if (training === null && measure === 'accuracy') return null;
  return (
    <figure aria-label={`${title} over the epochs`} className="flex min-h-36 min-w-0 flex-col">
      <figcaption className="flex items-baseline justify-between gap-2">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2.5">
          <span className="font-medium">{title}</span>
          <Reading name="training" value={training} line={TRAINING} format={format} />
          <Reading name="validation" value={validation} line={VALIDATION} format={format} />
        </span>
        {children}
      </figcaption>
      <div className="min-h-0 flex-1">
        <TrainingChart measure={measure} rows={rows} past={past} logarithmic={logarithmic} format={format} />
      </div>
    </figure>
  );
}

interface ReadingProps {
  name: string;
  value: number | null;
  line: typeof TRAINING | typeof VALIDATION;
  format(value: number): string;
}

/** The latest value beside a piece of its line. */
function Reading({ name, value, line, format }: ReadingProps) {
  if (value === null) return null;
  return (
    <span className="flex items-center gap-1 text-xs text-muted tabular-nums" title={name}>
      <LineSample {...line} />
      <span className="sr-only">{name}</span>
      {format(value)}
    </span>
  );
}
