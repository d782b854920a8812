import type { StepHistory } from '@/state/run/history';

/** The smoothed loss as points of a polyline, one every two pixels at most, scaled to its own range. */
export function sparkPoints(history: StepHistory, steps: number, width: number, height: number): string {
  const count = Math.min(steps, Math.floor(width / 2));
  const values = Array.from({ length: count }, (_, index) => {
    const at = count === 1 ? 0 : Math.round((index * (steps - 1)) / (count - 1));
    return history.at('loss', at).smooth;
  }).filter(Number.isFinite);
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  return values
    .map((value, index) => {
      const x = values.length === 1 ? 0 : (index * width) / (values.length - 1);
      return `${x.toFixed(1)},${(height - 1 - ((value - least) / range) * (height - 2)).toFixed(1)}`;
    })
    .join(' ');
}
