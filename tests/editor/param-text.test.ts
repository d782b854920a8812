import { describe, expect, it } from 'vitest';
import { checkText, readText, stepped, writeText } from '@/editor/inspector/params/text';
import { integer, optionalShape, pair, real } from '@/layers';

const filters = integer({ label: 'Filters', min: 1, default: 32 });
const rate = real({ label: 'Rate', min: 0, below: 1, step: 0.1, default: 0.5 });
const kernel = pair({ label: 'Kernel size', min: 1, default: [3, 3] });
const shape = optionalShape({ label: 'Shape', default: null });

describe('hyperparameters as text', () => {
  it.each([
    [filters, '64', 64],
    [filters, ' 1 024 ', 1024],
    [rate, '.25', 0.25],
    [rate, '1e-3', 0.001],
    [kernel, '5', 5],
    [kernel, '5×3', [5, 3]],
    [kernel, '5 x 3', [5, 3]],
    [shape, '28×28×1', [28, 28, 1]],
    [shape, '?, ?, 3', [null, null, 3]],
    [shape, '', null],
  ])('%# “%s” is read', (spec, text, value) => {
    expect(checkText(spec, text)).toEqual({ value });
  });

  it.each([
    [filters, '', 'Filters must be a whole number, 1 or more.'],
    [filters, '2.5', 'Filters must be a whole number, 1 or more.'],
    [filters, 'many', 'Filters must be a whole number, 1 or more.'],
    [filters, '0', 'Filters must be a whole number, 1 or more.'],
    [rate, '1', 'Rate must be a number from 0 to below 1.'],
    [kernel, '3×3×3', 'Kernel size must be one or two whole numbers, between 1 and 100000.'],
    [shape, '28×big', 'Shape must be a list of sizes such as 28×28×1; ? stands for any size.'],
  ])('%# “%s” is refused in words', (spec, text, error) => {
    expect(checkText(spec, text)).toEqual({ error });
  });

  it('writes what it reads', () => {
    expect(writeText(kernel.editor, [5, 5])).toBe('5');
    expect(writeText(kernel.editor, [5, 3])).toBe('5×3');
    expect(writeText(shape.editor, [null, 28])).toBe('?×28');
    expect(writeText(shape.editor, null)).toBe('');
    expect(readText(shape.editor, writeText(shape.editor, [null, 28]))).toEqual([null, 28]);
  });

  it('steps within the range and without rounding noise', () => {
    expect(stepped(filters.editor, 1, -1)).toBe(1);
    expect(stepped(rate.editor, 0.2, 1)).toBe(0.3);
    expect(stepped(kernel.editor, [3, 5], 1)).toEqual([4, 6]);
    expect(stepped(shape.editor, null, 1)).toBeNull();
  });
});
