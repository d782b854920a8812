/** Which lines a chart has, and over which range. */
import type { ChartRow, Measure } from '@/state/run/history';

export interface ChartLine {
  key: string;
  label: string;
  value(row: ChartRow): number | null;
  colour: string;
  width: number;
  opacity: number;
  dash?: string;
  dots: boolean;
}

/** Back to front. */
export function linesOf(past: readonly { id: number; title: string }[], rows: readonly ChartRow[]): ChartLine[] {
  // A line through one point is not seen.
  const trained = rows.filter((row) => row.smooth !== null).length;
  const validated = rows.filter((row) => row.validation !== null).length;
  return [
    ...past.map(
      ({ id, title }, index): ChartLine => ({
        key: `past-${id}`,
        label: title,
        value: (row) => row.past[index] ?? null,
        colour: 'var(--chart-past)',
        width: 1,
        opacity: 0.7,
        dots: false,
      }),
    ),
    {
      key: 'raw',
      label: 'Each step',
      value: (row) => row.raw,
      colour: 'var(--chart-training)',
      width: 1,
      opacity: 0.22,
      dots: false,
    },
    {
      key: 'smooth',
      label: 'Training',
      value: (row) => row.smooth,
      colour: 'var(--chart-training)',
      width: 1.75,
      opacity: 1,
      dots: trained === 1,
    },
    {
      key: 'validation',
      label: 'Validation',
      value: (row) => row.validation,
      colour: 'var(--chart-validation)',
      width: 1.75,
      opacity: 1,
      dash: '5 3',
      dots: validated === 1,
    },
  ];
}

/** Whole epochs where there are some, at most about eight of them. */
export function ticksOf(end: number): number[] {
  const step =
    [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000].find((size) => end / size <= 8) ?? end;
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => Math.round(index * step * 100) / 100);
}

/** Short on the axis, where there is little room. */
export const axisText = (measure: Measure, value: number): string =>
  measure === 'accuracy' ? `${Number((value * 100).toFixed(1))} %` : String(Number(value.toPrecision(3)));

const valuesOf = (row: ChartRow): number[] =>
  [row.smooth, row.validation, row.raw, ...row.past].filter((value): value is number => value !== null);

export interface Scale {
  domain: [number, number];
  /** Where the axis is marked; left to the chart where absent. */
  ticks?: number[];
}

/** Accuracy from 0 to 1; a loss from 0, or on a logarithmic axis from its least to its largest value. */
export function scaleOf(measure: Measure, rows: readonly ChartRow[], logarithmic: boolean): Scale {
  if (measure === 'accuracy') return { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] };
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of rows.flatMap(valuesOf)) {
    if (value > most) most = value;
    if (value > 0 && value < least) least = value;
  }
  if (most === 0) return { domain: logarithmic ? [0.1, 1] : [0, 1] };
  return logarithmic ? { domain: [least * 0.9, most * 1.1] } : roundScale(most);
}

/** At most five steps of 1, 2 or 5 times a power of ten: round marks, and an axis that does not tremble with the data. */
function roundScale(most: number): Scale {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.1, 0.2, 0.5, 1, 2].map((size) => size * power).find((size) => most / size <= 5) ?? 2 * power;
  const count = Math.ceil(most / step - 1e-9);
  return {
    domain: [0, step * count],
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6))),
  };
}
