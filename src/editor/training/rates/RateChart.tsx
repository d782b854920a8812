/** The loss over the learning rate, with the suggestion; a press takes the rate under the pointer. */
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatReal } from '@/editor/inspector/numbers';
import type { RatePoint, RateSweep } from '@/training/protocol';

interface Props {
  sweep: RateSweep;
  /** Null while rates cannot be taken. */
  onPick: ((rate: number) => void) | null;
}

const TICK = { fill: 'var(--chart-axis)', fontSize: 11 } as const;

/** Two digits. */
const short = (rate: number): number => Number(rate.toPrecision(2));

export const RateChart = memo(function RateChart({ sweep: { points, suggestion }, onPick }: Props) {
  const [low, high] = [points[0]?.rate ?? 1e-6, points.at(-1)?.rate ?? 1];
  return (
    <div className={`min-h-0 flex-1 ${onPick ? 'cursor-pointer' : ''}`}>
      <ResponsiveContainer width="100%" height="100%" debounce={50}>
        <LineChart
          data={points}
          margin={{ top: 4, right: 6, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          onClick={({ activeLabel }) => {
            if (activeLabel !== undefined) onPick?.(short(Number(activeLabel)));
          }}
        >
          <CartesianGrid stroke="var(--chart-grid)" vertical={false} />
          <XAxis
            dataKey="rate"
            type="number"
            scale="log"
            domain={[low, high]}
            ticks={powersBetween(low, high)}
            tickFormatter={(rate: number) => `10${superscript(Math.round(Math.log10(rate)))}`}
            tick={TICK}
            stroke="var(--chart-grid)"
            height={20}
          />
          <YAxis
            type="number"
            domain={rangeOf(points)}
            allowDataOverflow
            tick={TICK}
            tickFormatter={(loss: number) => String(Number(loss.toPrecision(2)))}
            stroke="var(--chart-grid)"
            width={44}
            tickCount={4}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--chart-axis)', strokeDasharray: '2 2' }}
            content={({ active, payload }) => <Readout point={active ? payload[0]?.payload : undefined} />}
          />
          {suggestion === null ? null : (
            <ReferenceLine x={suggestion} stroke="var(--chart-validation)" strokeWidth={1.5} />
          )}
          <Line {...LINE} dataKey="loss" strokeOpacity={0.25} strokeWidth={1} />
          <Line {...LINE} dataKey="smooth" strokeWidth={1.75} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
});

const LINE = {
  type: 'linear',
  stroke: 'var(--chart-training)',
  dot: false,
  activeDot: false,
  isAnimationActive: false,
} as const;

function Readout({ point }: { point: RatePoint | undefined }) {
  if (!point) return null;
  return (
    <div className="rounded border border-line bg-raised px-2 py-1 text-xs shadow-sm tabular-nums">
      rate {short(point.rate)}, loss {formatReal(point.smooth)}
    </div>
  );
}

/** What the smoothed loss spans, and a little more: where it left all measure says nothing. */
function rangeOf(points: readonly RatePoint[]): [number, number] {
  const smooth = points.map((point) => point.smooth);
  const [least, first] = [Math.min(...smooth), smooth[0] ?? 0];
  const most = Math.min(Math.max(...smooth), first + 1.5 * Math.max(first - least, 0.1 * Math.abs(first)));
  const margin = 0.08 * (most - least || 1);
  return [least - margin, most + margin];
}

/** Every second power of ten, so that there is room to read them. */
function powersBetween(low: number, high: number): number[] {
  const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const powers = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  return powers.filter((power) => power % (powers.length > 5 ? 2 : 1) === 0).map((power) => 10 ** power);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const superscript = (power: number): string =>
  `${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
