import { describe, expect, it } from 'vitest';
import { axisText, linesOf, scaleOf, ticksOf } from '@/editor/training/charts/lines';
import type { ChartRow } from '@/state/run/history';

const row = (values: Partial<ChartRow>): ChartRow => ({
  epoch: 1,
  raw: null,
  smooth: null,
  validation: null,
  past: [],
  ...values,
});

describe('the axes of a chart', () => {
  it.each([
    [2.31, 2.5, 6],
    [0.8, 0.8, 5],
    [4.2, 5, 6],
    [120, 150, 4],
    [1, 1, 6],
  ])('a loss up to %d is shown up to %d with %d round marks', (most, top, marks) => {
    const { domain, ticks } = scaleOf('loss', [row({ raw: most })], false);
    expect(domain).toEqual([0, top]);
    expect(ticks).toHaveLength(marks);
  });

  it('leaves what is not above 0 out of a logarithmic axis', () => {
    const { domain } = scaleOf('loss', [row({ raw: 0 }), row({ raw: 0.1, smooth: 1 })], true);
    expect(domain[0]).toBeCloseTo(0.09);
  });

  it('marks whole epochs once there are some', () => {
    expect(ticksOf(3)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
    expect(ticksOf(20)).toEqual([0, 5, 10, 15, 20]);
  });

  it('writes short marks', () => {
    expect([axisText('loss', 0.25), axisText('loss', 4), axisText('accuracy', 0.75)]).toEqual(['0.25', '4', '75 %']);
  });

  it('shows a single validation result, through which no line leads', () => {
    const dots = (rows: ChartRow[]) => linesOf([], rows).find(({ key }) => key === 'validation')?.dots;
    expect(dots([row({ validation: 1 })])).toBe(true);
    expect(dots([row({ validation: 1 }), row({ validation: 2 })])).toBe(false);
  });
});
