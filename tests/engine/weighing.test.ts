/** Padding and sample weights in losses, beside Keras: made by tests/fixtures/engine/weighing_numbers.py. */
import { readFileSync } from 'node:fs';
import { memory, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type CompiledLoss, compile } from '@/compiler';
import { type NetworkDocument, optimizerSchema } from '@/document';
import { type Batch, disposeResult, Trainer } from '@/engine';
import { lossOf } from '@/engine/losses';
import type { Field } from '@/layers';
import { asDocument } from '../support/networks';
import type { Numbers } from './keras';
import { expectClose, IN_NODE, use } from './support';

interface Trained {
  first: Record<string, Numbers>;
  last: Record<string, Numbers>;
  x: Numbers;
  y: Numbers;
  weights: Numbers | null;
  losses: number[];
  evaluated: number;
  accuracy: number | null;
}

interface Weighing {
  reductions: {
    type: string;
    params: Record<string, string>;
    prediction: Numbers;
    target: Numbers;
    mask: Numbers | null;
    weights: Numbers | null;
    value: number;
  }[];
  taggers: Trained[];
  followers: Trained[];
}

const KERAS = JSON.parse(
  readFileSync(new URL('../fixtures/engine/weighing.json', import.meta.url), 'utf8'),
) as Weighing;

const of = (numbers: Numbers | null) => (numbers ? tensor(numbers.data, numbers.shape) : null);

const wires = (...ids: string[]): NetworkDocument['graph']['edges'] =>
  ids.slice(1).map((id, at) => ({ from: [ids[at] ?? '', 'out'], to: [id, 'in'] }));

/** A class for each word; index 0 is padding. */
const tagger = (sampleWeights: boolean): NetworkDocument =>
  asDocument(
    {
      words: { type: 'input', params: { field: 'x' } },
      embed: { type: 'embedding', params: { inputDim: 7, outputDim: 4, maskZero: true } },
      lstm: { type: 'lstm', params: { units: 5, returnSequences: true } },
      tags: { type: 'dense', params: { units: 3, activation: 'softmax' } },
      loss: { type: 'crossEntropy', params: { target: 'y', ...(sampleWeights && { sampleWeights: 'weight' }) } },
    },
    wires('words', 'embed', 'lstm', 'tags', 'loss'),
  );

/** A number for each step; steps of zeros are padding. */
const follower = (sampleWeights: boolean): NetworkDocument =>
  asDocument(
    {
      steps: { type: 'input', params: { field: 'x' } },
      mask: { type: 'masking' },
      gru: { type: 'gru', params: { units: 4, returnSequences: true } },
      value: { type: 'dense', params: { units: 1 } },
      loss: { type: 'meanSquaredError', params: { target: 'y', ...(sampleWeights && { sampleWeights: 'weight' }) } },
    },
    wires('steps', 'mask', 'gru', 'value', 'loss'),
  );

const SGD = {
  minimise: 'all',
  train: 'all',
  optimizer: optimizerSchema.parse({ type: 'sgd', learningRate: 0.2 }),
} as const;

async function sameAsKeras(document: NetworkDocument, given: Trained, classes: string[] | null): Promise<void> {
  const sizes = (numbers: Numbers): number[] => numbers.shape.slice(1);
  const fields: Record<string, Field> = {
    x: { kind: 'number', shape: sizes(given.x), dtype: classes ? 'int32' : 'float32' },
    y: classes
      ? { kind: 'class', shape: sizes(given.y), dtype: 'int32', classes }
      : { kind: 'number', shape: sizes(given.y), dtype: 'float32' },
    ...(given.weights && { weight: { kind: 'number', shape: sizes(given.weights), dtype: 'float32' } as const }),
  };
  const network = compile(document, { fields, logits: true });
  const before = memory().numTensors;
  const trainer = await Trainer.create(network, [SGD], 1);
  trainer.setWeights(new Map(Object.entries(given.first).map(([name, { data }]) => [name, Float32Array.from(data)])));
  const batch: Record<string, Batch[string]> = {};
  for (const [name, numbers] of Object.entries({ x: given.x, y: given.y, weight: given.weights })) {
    const field = fields[name];
    if (!numbers || !field) continue;
    const data = field.dtype === 'int32' ? Int32Array.from(numbers.data) : Float32Array.from(numbers.data);
    batch[name] = { data, shape: sizes(numbers), dtype: field.dtype, isClass: field.kind === 'class' };
  }
  const losses: number[] = [];
  let answers: ArrayLike<number> = [];
  for (let step = 0; step < given.losses.length + 1; step++) {
    const result = trainer.step(batch);
    losses.push((await result.loss.data())[0] ?? Number.NaN);
    answers = (await result.correct?.data()) ?? [];
    disposeResult(result);
    if (step === given.losses.length - 1) {
      for (const { name, data } of await trainer.weights()) expectClose(data, given.last[name]?.data ?? [], 2e-5);
      expectClose([(await trainer.evaluate(batch, 0)).loss], [given.evaluated], 1e-5);
    }
  }
  expectClose(losses.slice(0, -1), given.losses, 1e-5);
  if (given.accuracy === null) expect(answers).toHaveLength(0);
  // Of the pass before the fifth update: what Keras says after the fourth. Padding is no answer.
  else expect((answers[0] ?? 0) / (answers[1] ?? 0)).toBeCloseTo(given.accuracy, 6);
  trainer.dispose();
  expect(memory().numTensors).toBe(before);
}

describe.each(IN_NODE)('on %s', (backend) => {
  it.each(KERAS.reductions.map((given, at) => ({ ...given, at })))(
    '$type $at: the mean over what counts, as in Keras',
    async ({ type, params, prediction, target, mask, weights, value }) => {
      await use(backend);
      const loss: CompiledLoss = {
        node: 'loss',
        type,
        params,
        weight: 1,
        sampleWeights: null,
        prediction: 0,
        target: { field: 'y' },
        logits: null,
      };
      const actual = tidy(() =>
        lossOf(loss, tensor(target.data, target.shape), tensor(prediction.data, prediction.shape), {
          weights: of(weights),
          mask: of(mask),
        }).dataSync(),
      );
      expectClose(actual, [value], 2e-6);
    },
  );

  it.each(KERAS.taggers)('words with tags and padding train as in Keras, weights $weights.shape', async (given) => {
    await use(backend);
    await sameAsKeras(tagger(given.weights !== null), given, ['a', 'b', 'c']);
  });

  it.each(KERAS.followers)('masked steps train as in Keras, weights $weights.shape', async (given) => {
    await use(backend);
    await sameAsKeras(follower(given.weights !== null), given, null);
  });
});
