import type { StepHistory } from '@/state/run/history';
import { sparkPoints } from './sparkPoints';

const WIDTH = 72;
const HEIGHT = 16;

/** The course of the loss, as small as it can be read. */
export function Sparkline({ history, steps }: { history: StepHistory; steps: number }) {
  return (
    <svg aria-hidden="true" width={WIDTH} height={HEIGHT} className="shrink-0 overflow-visible">
      <polyline
        points={sparkPoints(history, steps, WIDTH, HEIGHT)}
        fill="none"
        stroke="var(--chart-training)"
        strokeWidth="1.25"
      />
    </svg>
  );
}
