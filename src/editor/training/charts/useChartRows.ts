import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useRun } from '@/state/run';
import { type ChartRow, chartRows, type Measure } from '@/state/run/history';

/** A chart is drawn at most this often: a redraw costs about 20 ms, and the eye follows no more. */
const REDRAW_EVERY = 250;

/** The rows of a chart, renewed at a rate the page bears easily; the last state is always drawn. */
export function useChartRows(measure: Measure): readonly ChartRow[] {
  const steps = useThrottled(useRun((state) => state.steps));
  const epochs = useRun((state) => state.epochs);
  const history = useRun((state) => state.history);
  const past = useRun((state) => state.past);
  // The history grows in place; the number of steps tells when it has.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const rows = useMemo(
    () =>
      chartRows(
        measure,
        history,
        epochs,
        past.map((run) => run.history),
      ),
    [measure, history, epochs, past, steps],
  );
  return useDeferredValue(rows);
}

function useThrottled<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + REDRAW_EVERY - performance.now());
    const timer = window.setTimeout(() => {
      last.current = performance.now();
      setShown(value);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [value]);
  return shown;
}
