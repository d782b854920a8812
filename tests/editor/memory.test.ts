import { describe, expect, it } from 'vitest';
import { optimizerSchema, readDocument } from '@/document';
import { optimizerSlots, trainingMemory } from '@/editor/inspector/memory';
import { inferDocument } from '@/inference';

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
