import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { prepareBackends, startBackend, tensorsHeld } from '@/engine';
import { buildModel } from '@/engine/model';
import { inferDocument } from '@/inference';
import { toNullable } from '@/layers';
import { chain, validNetwork } from '../support/networks';

beforeAll(async () => {
  prepareBackends();
  await startBackend('cpu');
});

/** What inference says and what the built model has, of the same network, in the same form. */
async function bothSides(document: Parameters<typeof compile>[0]) {
  const inference = inferDocument(document, undefined);
  const network = compile(document, { fields: undefined });
  const built = await buildModel(network, 1);
  try {
    const inferred = network.model.layers.map(({ name, node }) => {
      const known = inference.nodes.get(node);
      return {
        name,
        output: toNullable(known?.output?.shape ?? []),
        parameters: known?.parameters,
        trainable: known?.trainable,
        weights: known?.weights.map(({ name: weight, shape }) => `${weight} ${shape.join('×')}`),
      };
    });
    const count = (weights: readonly { shape: readonly (number | null)[] }[]): number =>
      weights.reduce((sum, { shape }) => sum + shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);
    const actual = network.model.layers.map(({ name }) => {
      const layer = built.model.getLayer(name);
      const shape = layer.outputShape;
      return {
        name,
        output: Array.isArray(shape[0]) ? shape[0] : shape,
        parameters: layer.countParams(),
        trainable: count(layer.trainableWeights),
        weights: layer.weights.map((weight) => `${weight.originalName.split('/').at(-1)} ${weight.shape.join('×')}`),
      };
    });
    const totals = {
      inferred: [inference.totals?.parameters, inference.totals?.trainable],
      actual: [built.model.countParams(), count(built.model.trainableWeights)],
    };
    return { inferred, actual, totals };
  } finally {
    built.dispose();
  }
}

describe('what is inferred', () => {
  it('is what the built model has, in 500 random networks', async () => {
    const before = tensorsHeld().tensors;
    await fc.assert(
      fc.asyncProperty(validNetwork, async (document) => {
        const { inferred, actual, totals } = await bothSides(document);
        expect(inferred).toEqual(actual);
        expect(totals.inferred).toEqual(totals.actual);
      }),
      { numRuns: 500 },
    );
    expect(tensorsHeld().tensors).toBe(before);
  });

  it('counts frozen layers as not trainable', async () => {
    const document = chain([4], ['dense', { units: 3 }], ['batchNormalization'], ['dense', { units: 2 }]);
    const { n1, n2, ...rest } = document.graph.nodes;
    if (!n1 || !n2) throw new Error('the chain is broken');
    const frozen = {
      ...document,
      graph: {
        ...document.graph,
        nodes: { ...rest, n1: { ...n1, trainable: false }, n2: { ...n2, trainable: false } },
      },
    };
    const { inferred, actual } = await bothSides(frozen);
    expect(inferred).toEqual(actual);
    expect(inferred.map(({ trainable }) => trainable)).toEqual([0, 0, 0, 8]);
  });
});
