import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffledIndices, splitIndices } from '@/datasets';

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('the split', () => {
  it("is the data set's own, where it has one and nobody says otherwise", () => {
    const split = splitIndices({ train: 5, test: 3 }, { seed: 1 });
    expect([...split.train]).toEqual([0, 1, 2, 3, 4]);
    expect([...split.validation]).toEqual([5, 6, 7]);
  });

  it('holds out a fifth where there is no test part', () => {
    const split = splitIndices({ train: 1797, test: 0 }, { seed: 1 });
    expect([split.train.length, split.validation.length]).toEqual([1438, 359]);
  });

  it('takes a share of the training part and leaves the test part alone', () => {
    const split = splitIndices({ train: 100, test: 50 }, { validationSplit: 0.3, seed: 1 });
    expect([split.train.length, split.validation.length]).toEqual([70, 30]);
    expect(Math.max(...split.train, ...split.validation)).toBe(99);
  });

  it('holds out none when the share is 0', () => {
    const split = splitIndices({ train: 10, test: 5 }, { validationSplit: 0, seed: 1 });
    expect([split.train.length, split.validation.length]).toEqual([10, 0]);
  });

  it('depends on the seed', () => {
    const held = (seed: number): string => splitIndices({ train: 100, test: 0 }, { seed }).validation.join();
    expect(held(1)).toBe(held(1));
    expect(held(1)).not.toBe(held(2));
  });

  it('gives each training sample to one side, in order, for any size, share and seed', () => {
    const size = fc.integer({ min: 2, max: 500 });
    const share = fc.double({ min: 0.001, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(size, share, fc.nat(), (train, validationSplit, seed) => {
        const split = splitIndices({ train, test: 7 }, { validationSplit, seed });
        expect([...split.train, ...split.validation].sort((a, b) => a - b)).toEqual(numbers(0, train));
        expect([...split.train]).toEqual([...split.train].sort((a, b) => a - b));
        expect(split.train.length).toBeGreaterThan(0);
        expect(split.validation.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('seeded random numbers', () => {
  it('never change, or every saved seed would mean another run', () => {
    const random = seededRandom(1);
    expect([random(), random(), random()].map((value) => value.toFixed(9))).toEqual([
      '0.627073941',
      '0.002735721',
      '0.527447040',
    ]);
    expect([...shuffledIndices(8, seededRandom(1))]).toEqual([2, 1, 6, 7, 4, 3, 0, 5]);
  });
});
