import { describe, expect, it } from 'vitest';
import { batchKind, sizeOfKind } from '@/editor/training/settings/batch';

describe('what a batch size is called', () => {
  it.each([
    [1, 1437, 'single'],
    [2, 1437, 'mini'],
    [1436, 1437, 'mini'],
    [1437, 1437, 'full'],
    [5000, 1437, 'full'],
    // One sample is all of them, and a document holds no larger batch than this.
    [1, 1, 'full'],
    [65_536, 1_000_000, 'full'],
  ])('%d of %d samples', (size, samples, kind) => {
    expect(batchKind(size, samples)).toBe(kind);
  });

  it.each([
    ['single', 16, 1437, 1],
    ['mini', 16, 1437, 16],
    ['mini', 1, 1437, 64],
    ['mini', 1437, 1437, 64],
    ['mini', 1, 20, 19],
    ['full', 16, 1437, 1437],
    ['full', 5000, 1437, 5000],
    ['full', 16, 1_000_000, 65_536],
  ] as const)('%s from %d, of %d samples', (kind, size, samples, chosen) => {
    expect(sizeOfKind(kind, size, samples, 64)).toBe(chosen);
  });
});
