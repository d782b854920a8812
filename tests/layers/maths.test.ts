import { describe, expect, it } from 'vitest';
import { joined } from './joined';

const of = (type: string, shape: (number | null)[], params = {}) => joined(type, [['in', shape]], params);

describe.each(['mean', 'sum', 'norm'])('%s', (type) => {
  it('takes away the axes, or leaves them with size 1', () => {
    expect(of(type, [4, 5, 6], { axes: [1, -1] }).output).toBe('N×5');
    expect(of(type, [4, 5, 6], { axes: [2], keepdims: true }).output).toBe('N×4×1×6');
    expect(of(type, [null, 6], { axes: [1] }).output).toBe('N×6');
    expect(of(type, [4, 5], { axes: [1, 2] }).output).toBe('N×1');
  });

  it('refuses the batch, axes there are not, and one twice', () => {
    for (const axes of [[0], [4], [-4], [1, -3]]) {
      const found = of(type, [4, 5, 6], { axes });
      expect(found.message).toMatch(/axis/);
      expect(found.after('The last axis')).toBeNull();
    }
  });
});

describe('softmax over an axis', () => {
  it('gives probabilities only where that is the last axis', () => {
    expect(of('activation', [4, 5], { function: 'softmax' }).known?.output?.squashed).toBe('softmax');
    expect(of('activation', [4, 5], { function: 'softmax', axis: [2] }).known?.output?.squashed).toBe('softmax');
    expect(of('activation', [4, 5], { function: 'softmax', axis: [1] }).known?.output?.squashed).toBeUndefined();
    expect(of('activation', [4, 5], { function: 'softmax', axis: [1, 2] }).known?.output?.squashed).toBeUndefined();
  });
});

describe('matrix product', () => {
  const product = (a: (number | null)[], b: (number | null)[], params = {}) =>
    joined(
      'matrixProduct',
      [
        ['a', a],
        ['b', b],
      ],
      params,
    );

  it('multiplies rows with columns', () => {
    expect(product([3, 4], [4, 5])).toMatchObject({ output: 'N×3×5', macs: 60 });
    expect(product([2, 3, 4], [2, 5, 4], { transposeB: true })).toMatchObject({ output: 'N×2×3×5', macs: 120 });
    expect(product([4, 3], [4, 5], { transposeA: true }).output).toBe('N×3×5');
  });

  it('refuses what does not fit, and says what to transpose', () => {
    const rows = product([3, 4], [5, 4]);
    expect(rows.message).toBe('A matrix of 3×4 cannot be multiplied with one of 5×4.');
    expect([rows.repairs, rows.after('Transpose the second')]).toEqual([['Transpose the second'], null]);
    expect(product([4, 3], [4, 5]).after('Transpose the first')).toBeNull();
    expect(product([2, 3, 4], [3, 4, 5]).message).toMatch('do not come in pairs');
  });
});

describe('bounds and distributions', () => {
  it('refuses bounds the wrong way round', () => {
    const found = of('clip', [4], { lower: 2, upper: 1 });
    expect([found.after('Exchange them'), found.after('Default bounds')]).toEqual([null, null]);
  });

  it('wants a variance for every mean', () => {
    const found = joined('sampling', [
      ['mean', [4]],
      ['logVariance', [3]],
    ]);
    expect(found.message).toBe('The mean is 4, its variance 3.');
    expect(
      joined('sampling', [
        ['mean', [4]],
        ['logVariance', [4]],
      ]).output,
    ).toBe('N×4');
  });
});
