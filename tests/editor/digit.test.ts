import { describe, expect, it } from 'vitest';
import { digitFromInk, type Ink } from '@/editor/training/pad/digit';

/** A pad with a filled rectangle on it. */
function rectangle(size: number, left: number, top: number, width: number, height: number): Ink {
  const values = new Float32Array(size * size);
  for (let y = top; y < top + height; y++) values.fill(1, y * size + left, y * size + left + width);
  return { width: size, height: size, values };
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

describe('a drawn digit', () => {
  it('is nothing on an empty pad', () => {
    expect(
      digitFromInk({ width: 10, height: 10, values: new Float32Array(100) }, { width: 28, height: 28 }),
    ).toBeNull();
  });

  it.each([
    [0, 0],
    [150, 40],
    [220, 200],
  ])('fills the same 20×20 in the middle of 28×28 wherever it was drawn (%d, %d)', (left, top) => {
    const digit = digitFromInk(rectangle(280, left, top, 60, 60), { width: 28, height: 28 }) ?? new Float32Array();
    expect(sum(digit)).toBeCloseTo(400, 3);
    expect(digit[3 * 28 + 14]).toBe(0);
    expect(digit[4 * 28 + 4]).toBeCloseTo(1);
    expect(digit[23 * 28 + 23]).toBeCloseTo(1);
    expect(digit[24 * 28 + 14]).toBe(0);
  });

  it('keeps its proportions: a stroke stays a stroke', () => {
    const digit = digitFromInk(rectangle(280, 30, 30, 20, 200), { width: 28, height: 28 }) ?? new Float32Array();
    expect(sum(digit)).toBeCloseTo(20 * 2, 3);
  });

  it('has its centre of mass in the middle', () => {
    const ink = rectangle(280, 40, 40, 100, 20);
    for (let y = 60; y < 200; y++) ink.values.fill(1, y * 280 + 40, y * 280 + 60);
    const digit = digitFromInk(ink, { width: 28, height: 28 }) ?? new Float32Array();
    const x = digit.reduce((total, value, index) => total + value * ((index % 28) + 0.5), 0) / sum(digit);
    expect(x).toBeCloseTo(14, 1);
  });

  it('fills 8×8 from edge to edge, as those samples do', () => {
    const digit = digitFromInk(rectangle(280, 100, 100, 80, 160), { width: 8, height: 8 }) ?? new Float32Array();
    expect(sum(digit)).toBeCloseTo(32, 3);
    expect(digit[0 * 8 + 3]).toBeCloseTo(1);
    expect(digit[7 * 8 + 4]).toBeCloseTo(1);
  });
});
