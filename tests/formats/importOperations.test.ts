/** Models in which tensors are indexed, multiplied and reshaped between layers: what they compute must be Keras's. */
import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { buildModel, setWeights } from '@/engine/model';
import { importKeras } from '@/formats/import';
import { inferDocument } from '@/inference';
import { expectClose, use } from '../engine/support';
import { forward } from '../support/passes';

interface Case {
  title: string;
  model: unknown;
  parameters: number;
  outputs: { shape: number[]; data: number[] }[];
}

const CASES: Case[] = JSON.parse(readFileSync('tests/fixtures/keras/operations.json', 'utf8'));

/** As the fixture's script fills every weight and input. */
const filled = (shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => Math.sin(1 + 0.7 * k) / 2);

describe('operations of Keras', () => {
  beforeAll(() => use('cpu'));

  it.each(CASES.map((given) => [given.title, given] as const))('%s', async (_, { model, parameters, outputs }) => {
    const { document } = importKeras(model);
    const { problems, totals } = inferDocument(document, undefined);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(totals?.parameters).toBe(parameters);

    const network = compile(document, { fields: undefined });
    const built = await buildModel(network, 1);
    setWeights(built, new Map(network.weights.map(({ name, shape }) => [name, filled(shape)])));
    const inputs = network.inputs.map(({ shape }) => {
      const sizes = [2, ...shape.map((size) => size ?? 1)];
      return tensor(filled(sizes), sizes);
    });
    const found: Tensor[] = forward(built, inputs, false);
    expect(found.map(({ shape }) => shape)).toEqual(outputs.map(({ shape }) => shape));
    for (const [at, output] of found.entries()) expectClose([...output.dataSync()], outputs[at]?.data ?? [], 2e-5);
    built.dispose();
  });
});
