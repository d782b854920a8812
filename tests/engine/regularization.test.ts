import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { optimizerSchema } from '@/document';
import { type Batch, disposeResult, Trainer, tensorsHeld } from '@/engine';
import {
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from '@/engine/layers/regularization/dropout';
import { held } from '@/engine/penalties';
import { seedSteps } from '@/engine/random';
import type { Variant } from '@/layers';
import { asDocument } from '../support/networks';
import { KERAS_LAYERS } from './kerasLayers';
import { expectClose, IN_NODE, noise, use } from './support';

const { penalties, constraints } = KERAS_LAYERS;

const moments = (values: ArrayLike<number>) => {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return { mean, variance: list.reduce((total, value) => total + (value - mean) ** 2, 0) / list.length };
};

/** Normal values, by adding up a dozen even ones. */
const normalValues = (size: number): Float32Array => {
  const even = noise(12 * size, 8);
  return Float32Array.from(
    { length: size },
    (_, at) => even.slice(12 * at, 12 * at + 12).reduce((a, b) => a + b, 0) / 2,
  );
};

type Layer = { call(x: Tensor, kwargs: { training?: boolean }): Tensor };

const SIZE = 40_000;

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(async () => {
    await use(backend);
    seedSteps(4);
  });

  const values = (layer: Layer, x: Tensor, training = true) => layer.call(x, { training }).dataSync<'float32'>();

  it.each([
    ['alpha dropout', new AlphaDropout({ rate: 0.3 }), 0, 1],
    ['Gaussian noise', new GaussianNoise({ stddev: 0.5 }), 0, 1.25],
    ['Gaussian dropout', new GaussianDropout({ rate: 0.2 }), 0, 1.25],
  ] as const)('%s gives a standard normal signal the mean and variance it promises', (_, layer, mean, variance) => {
    const data = normalValues(SIZE);
    const x = tensor(data);
    const first = values(layer, x).slice();
    const found = moments(first);
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.03);
    expect(Math.abs(found.variance - variance)).toBeLessThan(0.05);
    expect(values(layer, x)).not.toEqual(first);
    seedSteps(4);
    expect(values(layer, x)).toEqual(first);
    expect(values(layer, x, false)).toEqual(data);
  });

  it('alpha dropout sets its share to SELU’s lowest value', () => {
    const rate = 0.3;
    const dropped = values(new AlphaDropout({ rate }), tensor(new Float32Array(SIZE)));
    const lowest = -1.7580993408473766;
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * lowest ** 2));
    const low = dropped.filter((value) => Math.abs(value - scale * (lowest - lowest * rate)) < 1e-5);
    const zero = dropped.filter((value) => Math.abs(value + scale * lowest * rate) < 1e-5);
    expect(low.length + zero.length).toBe(SIZE);
    expect(Math.abs(low.length / SIZE - rate)).toBeLessThan(0.01);
  });

  it.each([
    ['1D', SpatialDropout1D, {}, [40, 6, 50], 2],
    ['2D', SpatialDropout2D, {}, [40, 3, 2, 50], 3],
    ['2D, channels first', SpatialDropout2D, { dataFormat: 'channelsFirst' }, [40, 50, 3, 2], 1],
    ['3D', SpatialDropout3D, {}, [40, 2, 1, 3, 50], 4],
    ['3D, channels first', SpatialDropout3D, { dataFormat: 'channelsFirst' }, [40, 50, 2, 1, 3], 1],
    ['of a given mask', Dropout, { noiseShape: [null, 1, 1, null] }, [40, 3, 2, 50], 3],
  ] as const)('spatial dropout %s drops whole channels of a sample', (_, make, settings, shape, axis) => {
    const layer = new make({ rate: 0.25, ...settings });
    const y = values(layer, tensor(new Float32Array(product(shape)).fill(3), [...shape]));
    const inner = product(shape.slice(axis + 1));
    const outer = product(shape.slice(1));
    const seen = new Map<string, Set<number>>();
    for (const [at, value] of y.entries()) {
      const channel = `${Math.floor(at / outer)} ${Math.floor(at / inner) % 50}`;
      seen.set(channel, (seen.get(channel) ?? new Set()).add(value));
    }
    expect(seen.size).toBe(2000);
    expect([...seen.values()].every((found) => found.size === 1)).toBe(true);
    expect([...new Set(y)].sort((a, b) => a - b)).toEqual([0, 4]);
    const share = y.filter((value) => value === 0).length / y.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.04);
  });

  it('constraints hold a weight as Keras does', () => {
    const { weight, held: wanted } = constraints;
    const settings: Record<string, (numbers: number[]) => Variant> = {
      maxNorm: ([maxValue = 0, axis = 0]) => ({ type: 'maxNorm', maxValue, axis }),
      nonNeg: () => 'nonNeg',
      unitNorm: ([axis = 0]) => ({ type: 'unitNorm', axis }),
      minMaxNorm: ([minValue = 0, maxValue = 0, rate = 0]) => ({ type: 'minMaxNorm', minValue, maxValue, rate }),
    };
    for (const [name, values_] of Object.entries(wanted)) {
      const [type = '', ...numbers] = name.split(' ');
      const constraint = settings[type]?.(numbers.map(Number));
      if (!constraint) throw new Error(`no constraint ${type}`);
      expectClose(held(constraint, tensor(weight.data, weight.shape)).dataSync(), values_, 2e-6);
    }
  });
});

/** The network of layer_numbers.py. */
const penalised = asDocument(
  {
    x: { type: 'input', params: { field: 'x' } },
    hidden: { type: 'dense', params: { units: 5, kernelRegularizer: { l1: 0.01, l2: 0.1 } } },
    activity: { type: 'activityRegularization', params: { l1: 0.03, l2: 0.2 } },
    frozen: { type: 'dense', params: { units: 3, kernelRegularizer: { l1: 0.01, l2: 0.1 } }, trainable: false },
    loss: { type: 'meanSquaredError', params: { target: 'y' } },
  },
  [
    { from: ['x', 'out'], to: ['hidden', 'in'] },
    { from: ['hidden', 'out'], to: ['activity', 'in'] },
    { from: ['activity', 'out'], to: ['frozen', 'in'] },
    { from: ['frozen', 'out'], to: ['loss', 'in'] },
  ],
);

const numberField = (size: number) => ({ kind: 'number', shape: [size], dtype: 'float32' }) as const;

describe.each(IN_NODE)('the loss on %s', (backend) => {
  it('holds penalties on weights and on what passes as in Keras, in training and in evaluation', async () => {
    await use(backend);
    const network = compile(penalised, { fields: { x: numberField(4), y: numberField(3) }, logits: true });
    const before = tensorsHeld().tensors;
    const optimizer = optimizerSchema.parse({ type: 'sgd', learningRate: 0.1 });
    const trainer = await Trainer.create(network, [{ minimise: 'all', train: 'all', optimizer }], 1);
    trainer.setWeights(
      new Map(Object.entries(penalties.first).map(([name, { data }]) => [name, Float32Array.from(data)])),
    );
    const batch: Batch = Object.fromEntries(
      (['x', 'y'] as const).map((name) => {
        const { data, shape } = penalties[name];
        return [name, { data: Float32Array.from(data), shape: shape.slice(1), dtype: 'float32' }];
      }),
    );
    expectClose([(await trainer.evaluate(batch, 0)).loss], [penalties.evaluated], 1e-6);
    const result = trainer.step(batch);
    expectClose(await result.loss.data(), [penalties.trained], 1e-6);
    disposeResult(result);
    for (const { name, data } of await trainer.weights()) expectClose(data, penalties.last[name]?.data ?? [], 1e-5);
    await trainer.predict([new Float32Array(4)], 0);
    trainer.dispose();
    expect(tensorsHeld().tensors).toBe(before);
  });
});
