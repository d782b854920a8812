import { describe, expect, it } from 'vitest';
import { joined } from './joined';

const MANY = ['add', 'multiply', 'average', 'maximum', 'minimum'] as const;

describe.each(MANY)('%s', (type) => {
  const of = (...shapes: (number | null)[][]) =>
    joined(
      type,
      shapes.map((shape) => ['in', shape]),
    );

  it('stretches sizes of 1, and missing axes after the batch', () => {
    expect(of([4, 1, 3], [4, 5, 1]).output).toBe('N×4×5×3');
    expect(of([4, 5, 3], [3], [1, 3]).output).toBe('N×4×5×3');
    expect(of([null, 3], [1, 3]).message).toBeNull();
  });

  it('refuses other sizes and a single wire', () => {
    expect(of([4, 3], [5, 3]).message).toMatch(/^4×3 and 5×3 cannot be (added|multiplied|averaged|compared)\.$/);
    expect(of([4], [4, 3]).message).not.toBeNull();
    expect(of([5, 4], [5, 3]).after('Project 5×4 to 3 features')).toBeNull();
    expect(of([4, 4], [5, 3]).repairs).toEqual(['Take the last wire away']);
    const rows = of([4], [3]);
    expect(rows.after('Project 4 to 3 values')).toBeNull();
    expect(of([4]).message).toBe('This needs at least two wires in.');
  });
});

describe('subtract', () => {
  it('says which of its two wires does not fit, and mends it', () => {
    const found = joined('subtract', [
      ['a', [8, 8, 4]],
      ['b', [8, 8, 2]],
    ]);
    expect(found.message).toBe('8×8×4 and 8×8×2 cannot be subtracted.');
    expect(found.after('1×1 projection of 8×8×2')).toBeNull();
  });
});

describe('dot', () => {
  const of = (a: number[], b: number[], params = {}) =>
    joined(
      'dot',
      [
        ['a', a],
        ['b', b],
      ],
      params,
    );

  it('leaves out the axis of both', () => {
    expect(of([4], [4]).output).toBe('N×1');
    expect(of([3, 5], [10, 3], { axes: [1, 2] })).toMatchObject({ output: 'N×5×10', macs: 150 });
    expect(of([3, 4, 2], [4], { axes: [2, 1] }).output).toBe('N×3×2');
  });

  it('refuses the batch and axes of unequal size', () => {
    expect(of([4], [4], { axes: [0] }).after('Sum along the last axis')).toBeNull();
    expect(of([4], [4], { axes: [1, 2] }).after('Sum along the last axis')).toBeNull();
    const unlike = of([3, 5], [5, 3], { axes: [2] });
    expect(unlike.message).toBe('3×5 and 5×3 have 5 and 3 values along the axis of the product.');
    expect(unlike.after('Axis 1 of the second')).toBeNull();
  });

  it('writes one axis bare', () => {
    expect(of([4], [4]).keras().config).toMatchObject({ axes: -1, normalize: false });
    expect(of([3, 5], [10, 3], { axes: [1, 2] }).keras().config).toMatchObject({ axes: [1, 2] });
  });
});
