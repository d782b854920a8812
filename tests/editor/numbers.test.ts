import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatPercent,
  formatReal,
  fullNumber,
  tightNumber,
} from '@/editor/inspector/numbers';
import { symbol } from '@/layers';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [156, '156'],
    [9_999, '9,999'],
    [61_706, '61.7 k'],
    [999_400, '999 k'],
    [999_600, '1.00 M'],
    [25_636_712, '25.6 M'],
    [4_100_000_000, '4.10 G'],
  ])('%d is %s in tight places', (value, text) => {
    expect(tightNumber(value)).toBe(text);
  });

  it('groups digits, and writes an unknown size as an expression', () => {
    expect(fullNumber(1_234_567)).toBe('1,234,567');
    expect(fullNumber(symbol('H'))).toBe('H');
  });

  it.each([
    [12, '12 bytes'],
    [246_824, '246.8 KB'],
    [2_000_000, '2.0 MB'],
  ])('%d bytes are %s', (value, text) => {
    expect(formatBytes(value)).toBe(text);
  });

  it.each([
    [8.4, '8 s'],
    [200, '3 min 20 s'],
    [3900, '1 h 5 min'],
  ])('%d seconds are %s', (value, text) => {
    expect(formatDuration(value)).toBe(text);
  });

  it('keeps about four digits of a loss', () => {
    expect([0.12345, 12.345, 0.0001, Number.NaN].map(formatReal)).toEqual([
      '0.1235',
      '12.35',
      '1.00e−4',
      'not a number',
    ]);
    expect(formatPercent(0.9716)).toBe('97.2 %');
  });
});
