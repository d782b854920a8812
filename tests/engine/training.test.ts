import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Json, optimizerSchema, type Phase } from '@/document';
import { type Batch, disposeResult, Trainer } from '@/engine';
import { KERAS } from './keras';
import { kerasNetwork } from './kerasNetwork';
import { expectClose, IN_NODE, use } from './support';

const { training } = KERAS;

const phase = (settings: Record<string, Json>, train: Phase['train'] = 'all'): Phase => ({
  minimise: 'all',
  train,
  optimizer: optimizerSchema.parse(settings),
});

const MOMENTUM = phase({ type: 'sgd', learningRate: 0.05, momentum: 0.9 });

const NETWORK = kerasNetwork(training.first);

const batches: Batch[] = training.batches.map(({ image, label }) => ({
  image: { data: Float32Array.from(image.data), shape: [9, 9, 2], dtype: 'float32' },
  label: { data: Int32Array.from(label), shape: [], dtype: 'int32' },
}));

const first = new Map(Object.entries(training.first).map(([name, { data }]) => [name, Float32Array.from(data)]));

async function lossOf(trainer: Trainer, batch: Batch): Promise<number> {
  const result = trainer.step(batch);
  const [loss = Number.NaN] = await result.loss.data();
  disposeResult(result);
  return loss;
}

describe.each(IN_NODE)('on %s', (backend) => {
  it('six steps of a whole network are those of Keras', async () => {
    await use(backend);
    const trainer = await Trainer.create(NETWORK, [MOMENTUM], 1);
    trainer.setWeights(first);
    const losses = [];
    for (const batch of batches) losses.push(await lossOf(trainer, batch));
    expectClose(losses, training.losses, 2e-5);
    for (const { name, data } of await trainer.weights()) expectClose(data, training.last[name]?.data ?? [], 1e-4);
    const evaluation = await trainer.evaluate(batches[0] ?? {}, 0);
    expectClose([evaluation.loss], [training.evaluated], 1e-4);
    expectClose(evaluation.outputs, training.outputs.data, 1e-4);
    trainer.dispose();
  });

  it('holds no more memory after ten steps than after two, and none once disposed of', async () => {
    await use(backend);
    const start = memory();
    const trainer = await Trainer.create(NETWORK, [phase({ type: 'adam' })], 1);
    const [batch = {}] = batches;
    const turn = async () => {
      await lossOf(trainer, batch);
      await trainer.evaluate(batch, 0);
      await trainer.predict([new Float32Array(162)], 0);
      await trainer.weights();
    };
    await turn();
    await turn();
    const { numTensors, numBytes } = memory();
    for (let count = 0; count < 8; count++) await turn();
    expect(memory().numTensors).toBe(numTensors);
    expect(memory().numBytes).toBe(numBytes);
    trainer.dispose();
    expect(memory().numTensors).toBe(start.numTensors);
  });

  it('the same seed gives the same losses to the last digit, another seed others', async () => {
    await use(backend);
    const run = async (seed: number): Promise<number[]> => {
      const trainer = await Trainer.create(NETWORK, [MOMENTUM], seed);
      const losses = [];
      for (const batch of batches) losses.push(await lossOf(trainer, batch));
      trainer.dispose();
      return losses;
    };
    const [once, again, other] = [await run(5), await run(5), await run(6)];
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });
});

describe('phases', () => {
  const changed = async (phases: Phase[]): Promise<string[]> => {
    await use('wasm');
    const trainer = await Trainer.create(NETWORK, phases, 1);
    trainer.setWeights(first);
    await lossOf(trainer, batches[0] ?? {});
    const weights = await trainer.weights();
    trainer.dispose();
    return weights.filter(({ name, data }) => data.join() !== first.get(name)?.join()).map(({ name }) => name);
  };

  it('change exactly the weights they name', async () => {
    const trained = (await changed([phase({ type: 'sgd' }, ['conv2', 'dense'])])).filter((n) => !n.includes('moving'));
    expect(trained).toEqual(['conv2/kernel', 'conv2/bias', 'dense/kernel', 'dense/bias']);
  });

  it('run one after the other', async () => {
    const one = await changed([phase({ type: 'sgd' }, ['conv2'])]);
    const both = await changed([phase({ type: 'sgd' }, ['conv2']), phase({ type: 'adam' }, ['dense'])]);
    expect(both.filter((name) => !one.includes(name))).toEqual(['dense/kernel', 'dense/bias']);
  });

  it('refuse to train nothing, or towards nothing', async () => {
    await use('wasm');
    await expect(Trainer.create(NETWORK, [phase({ type: 'sgd' }, ['pool'])], 1)).rejects.toThrow('nothing to train');
    const aimless = { ...NETWORK, losses: [] };
    await expect(Trainer.create(aimless, [phase({ type: 'sgd' })], 1)).rejects.toThrow('no loss');
  });
});
