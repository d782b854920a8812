import { describe, expect, it } from 'vitest';
import { deadShare, gradientLength, indexOf } from '@/state/run/gradients';

describe('gradients for the eye', () => {
  it.each([
    [5, 5, 1],
    [5e-9, 5, 0.02],
    [0, 5, 0],
    [0, 0, 0],
    // Three of nine powers of ten below the largest.
    [1e-3, 1, 6 / 9],
  ])('%d beside %d', (gradient, largest, length) => {
    expect(gradientLength(gradient, largest)).toBeCloseTo(length, 6);
  });

  it('call no units dead whose biases learn', () => {
    const signal = { node: 'a', gradient: 0.1, ratio: null, still: 1 };
    expect(deadShare(signal)).toBe(0);
    expect(deadShare({ ...signal, gradient: 0 })).toBe(1);
    expect(deadShare({ ...signal, still: 0.6 })).toBe(0.6);
    expect(deadShare({ ...signal, still: null })).toBeNull();
  });

  it('are found by node, once for each look', () => {
    const layers = [
      { node: 'a', gradient: 1, ratio: null, still: null },
      { node: 'b', gradient: 3, ratio: null, still: 0.5 },
    ];
    expect(indexOf(layers)).toBe(indexOf(layers));
    expect(indexOf(layers).largest).toBe(3);
    expect(indexOf(layers).byNode.get('b')?.still).toBe(0.5);
  });
});
