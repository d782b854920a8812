/** One measure over the epochs: smoothed over raw, training beside validation, earlier runs behind. */
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartRow, Measure } from '@/state/run/history';
import { ChartReadout } from './ChartReadout';
import { axisText, type ChartLine, linesOf, scaleOf, ticksOf } from './lines';

interface Props {
  measure: Measure;
  rows: readonly ChartRow[];
  past: readonly { id: number; title: string }[];
  logarithmic: boolean;
  format(value: number): string;
}

const TICK = { fill: 'var(--chart-axis)', fontSize: 11 } as const;

export const TrainingChart = memo(function TrainingChart({ measure, rows, past, logarithmic, format }: Props) {
  const lines = linesOf(past, rows);
  const scale = scaleOf(measure, rows, logarithmic);
  const end = rows.at(-1)?.epoch ?? 1;
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={100}>
      <LineChart
        data={rows as ChartRow[]}
        margin={{ top: 6, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--chart-grid)" vertical={false} />
        <XAxis
          dataKey="epoch"
          type="number"
          domain={[0, end]}
          ticks={ticksOf(end)}
          tick={TICK}
          stroke="var(--chart-grid)"
          height={20}
        />
        <YAxis
          type="number"
          scale={logarithmic ? 'log' : 'linear'}
          domain={scale.domain}
          {...(scale.ticks && { ticks: scale.ticks })}
          allowDataOverflow
          tick={TICK}
          tickFormatter={(value: number) => axisText(measure, value)}
          stroke="var(--chart-grid)"
          width={44}
          tickCount={5}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--chart-axis)', strokeDasharray: '2 2' }}
          content={({ active, payload }) => (
            <ChartReadout
              row={active ? (payload[0]?.payload as ChartRow | undefined) : undefined}
              past={past}
              format={format}
            />
          )}
        />
        {lines.map((line) => (
          <Line key={line.key} {...drawn(line)} />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
});

const drawn = ({ value, label, colour, width, dash, opacity, dots }: ChartLine) => ({
  type: 'linear' as const,
  dataKey: value,
  name: label,
  stroke: colour,
  strokeWidth: width,
  strokeOpacity: opacity,
  ...(dash !== undefined && { strokeDasharray: dash }),
  dot: dots ? { r: 3, fill: colour, strokeWidth: 0 } : false,
  activeDot: false,
  isAnimationActive: false,
  connectNulls: true,
  legendType: 'none' as const,
});
