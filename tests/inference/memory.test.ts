import { describe, expect, it } from 'vitest';
import { optimizerSchema, readDocument } from '@/document';
import { inferDocument } from '@/inference';
import { inferenceMemory, optimizerSlots, trainingMemory } from '@/inference/memory';
import { asDocument, chain } from '../support/networks';

describe('memory for training', () => {
  it.each([
    [{ type: 'sgd' }, 0],
    [{ type: 'sgd', momentum: 0.9 }, 1],
    [{ type: 'adam' }, 2],
    [{ type: 'rmsprop' }, 1],
    [{ type: 'rmsprop', momentum: 0.9 }, 2],
    [{ type: 'adagrad' }, 1],
  ])('%j keeps %d values a weight', (optimizer, slots) => {
    expect(optimizerSlots(optimizerSchema.parse(optimizer))).toBe(slots);
  });

  it('adds up weights, gradients, the optimizer and a batch of activations', () => {
    const document = readDocument({
      format: 'tensorloom',
      version: 1,
      graph: {
        nodes: { row: { type: 'input', params: { shape: [4] } }, out: { type: 'dense', params: { units: 2 } } },
        edges: [{ from: ['row', 'out'], to: ['out', 'in'] }],
      },
      training: { batchSize: 8 },
    });
    const { totals } = inferDocument(document, undefined);
    if (!totals) throw new Error('no totals');
    const parts = trainingMemory(totals, document.training).map(({ result }) => result);
    expect(parts).toEqual([40, 40, 80, 8 * 24, 40 + 40 + 80 + 8 * 24]);
  });
});

describe('memory for predicting', () => {
  const most = (document: ReturnType<typeof chain>) =>
    inferenceMemory(inferDocument(document, undefined), 2)?.[1]?.result;

  it('keeps the two largest neighbours of a chain', () => {
    // 4 → 10 → 3 → 1 values of four bytes.
    const document = chain([4], ['dense', { units: 10 }], ['dense', { units: 3 }], ['dense', { units: 1 }]);
    expect(most(document)).toBe(2 * 4 * (4 + 10));
  });

  it('keeps what a skip connection still needs', () => {
    const document = asDocument(
      {
        x: { type: 'input', params: { shape: [8] } },
        a: { type: 'dense', params: { units: 8 } },
        b: { type: 'dense', params: { units: 8 } },
        sum: { type: 'add' },
      },
      [
        { from: ['x', 'out'], to: ['a', 'in'] },
        { from: ['a', 'out'], to: ['b', 'in'] },
        { from: ['x', 'out'], to: ['sum', 'in'] },
        { from: ['b', 'out'], to: ['sum', 'in'] },
      ],
    );
    expect(most(document)).toBe(2 * 4 * 3 * 8);
  });

  it('says nothing of unknown sizes', () => {
    expect(most(chain([null, 4], ['dense', { units: 2 }]))).toBeUndefined();
  });
});
