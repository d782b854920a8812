/** An embedding and the projection back to its words: one table, counted, trained and written down once. */
import {
  add,
  gather,
  matMul,
  mul,
  type Scalar,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, toKerasJson } from '@/compiler';
import type { NetworkDocument } from '@/document';
import { prepareBackends, startBackend } from '@/engine';
import { buildModel } from '@/engine/model';
import { tfjsModel } from '@/formats';
import { importNetwork } from '@/formats/import';
import { inferDocument } from '@/inference';
import { tiedEmbedding } from '../support/networks';
import { forward, stir } from '../support/passes';
import { distance, noise } from './support';

const WORDS = 7;
const SIZE = 4;

/** Shapes, counts and ties, whatever things are called. */
function factsOf(document: NetworkDocument): unknown {
  const inference = inferDocument(document, undefined);
  expect(inference.problems).toEqual([]);
  const shapes = inference.order.map((id) => [
    document.graph.nodes[id]?.type,
    inference.nodes.get(id)?.output?.shape,
    document.graph.nodes[id]?.tiedTo === undefined,
  ]);
  return [shapes, inference.totals?.parameters];
}

describe('a tied embedding and projection', () => {
  beforeAll(async () => {
    prepareBackends();
    await startBackend('wasm');
  });

  const document = tiedEmbedding(WORDS, SIZE);

  it('counts its table once', () => {
    expect(inferDocument(document, undefined).totals?.parameters).toBe(WORDS * SIZE + SIZE * SIZE + SIZE);
  });

  it('scores each vector by the rows of that very table, and learns from both of its uses', async () => {
    const built = await buildModel(compile(document, { fields: undefined }), 1);
    stir(built);
    const by = (name: string) => {
      const found = built.weights.find(({ weight }) => weight === name);
      if (!found) throw new Error(`no ${name}`);
      return found.variable;
    };
    const [table, kernel, bias] = [by('embeddings'), by('kernel'), by('bias')] as unknown as [
      Tensor2D,
      Tensor2D,
      Tensor2D,
    ];
    const places = [0, 3, 6];
    const passed = (training: boolean) => forward(built, [tensor([places])], training)[0] as Tensor;
    const plain = () => matMul(add(matMul(gather(table, places) as Tensor2D, kernel), bias), table, false, true);
    const scores = tidy(() => passed(false).dataSync());
    expect(
      distance(
        scores,
        tidy(() => plain().dataSync()),
      ),
    ).toBeLessThan(1e-5);
    const weigh = tensor(noise(scores.length, 3), [3, WORDS]);
    const slopes = (work: () => Tensor) =>
      tidy(() => {
        const { grads } = variableGrads(() => sum(mul(work(), weigh)) as Scalar, [by('embeddings')]);
        return grads[by('embeddings').name]?.dataSync() ?? [];
      });
    expect(
      distance(
        slopes(() => passed(true)),
        slopes(plain),
      ),
    ).toBeLessThan(1e-5);
    built.dispose();
  });

  it.each([
    ['Keras', () => JSON.stringify(toKerasJson(compile(document, { fields: undefined }).model))],
    ['TensorFlow.js', () => tfjsModel(document, undefined, null)['model.json']],
  ])('comes back from %s as it was', (_, written) => {
    const { document: back, notes } = importNetwork(written());
    expect(notes).toEqual([]);
    expect(factsOf(back)).toEqual(factsOf(document));
  });

  it('says so where the table is another', () => {
    const other = tiedEmbedding(WORDS, SIZE, WORDS + 1);
    const [problem] = inferDocument(other, undefined).problems;
    expect(problem?.message).toMatch(/shares the weights of “words” \(7×4\), but would need 8×4/);
    expect(problem?.repairs.map(({ title }) => title)).toEqual(['The settings of words', 'Give it weights of its own']);
  });
});
