import {
  mul,
  conv2d as stockConv2d,
  sum,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
  Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { layers as stock } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activationOf } from '@/engine/activations';
import { Conv2D } from '@/engine/layers/convolution/conv';
import { Dense } from '@/engine/layers/core/dense';
import { Activation, ELU, LeakyReLU } from '@/engine/layers/core/elementwise';
import { BatchNormalization } from '@/engine/layers/normalization/batchNormalization';
import { Dropout } from '@/engine/layers/regularization/dropout';
import { nextSeed, seedSteps } from '@/engine/random';
import { KERAS } from './keras';
import { differentiate, expectClose, IN_NODE, noise, noiseTensor, use } from './support';

type Layer = stock.Layer;

const IMAGE = [2, 7, 9, 4];
const ROW = [5, 6];

type Case = [name: string, shape: number[], make: () => Layer, values?: (size: number) => Float32Array];

const CASES: Case[] = [
  ...[1, 2, 4].map(
    (groups): Case => [
      `Conv2D, ${groups} groups`,
      IMAGE,
      () => new Conv2D({ filters: 8, kernelSize: [3, 2], groups, padding: 'same', activation: 'tanh' }),
    ],
  ),
  [
    'Conv2D, groups and unequal strides',
    IMAGE,
    () => new Conv2D({ filters: 4, kernelSize: 3, groups: 4, strides: [2, 1] }),
  ],
  ...(['same', 'valid'] as const).flatMap((padding) =>
    [
      [2, 2],
      [3, 1],
      [1, 2],
    ].map(
      (dilationRate): Case => [
        `Conv2D ${padding}, dilation ${dilationRate}`,
        IMAGE,
        () => new Conv2D({ filters: 3, kernelSize: [2, 3], dilationRate, padding, useBias: false }),
      ],
    ),
  ),
  ['Conv2D, dilation and groups', IMAGE, () => new Conv2D({ filters: 4, kernelSize: 2, dilationRate: 2, groups: 2 })],
  ...['linear', 'relu', 'leakyRelu', 'leaky_relu', 'sigmoid', 'tanh', 'softmax', 'elu', 'gelu'].map(
    (activation): Case => [`Dense, ${activation}`, ROW, () => new Dense({ units: 3, activation })],
  ),
  ['Dense over an image', IMAGE, () => new Dense({ units: 3, useBias: false })],
  ['Activation', ROW, () => new Activation({ activation: 'gelu' })],
  ['ELU 0.5', ROW, () => new ELU({ alpha: 0.5 })],
  ['LeakyReLU 0.1', ROW, () => new LeakyReLU({ alpha: 0.1 })],
  ...[true, false].flatMap((scale) =>
    [true, false].flatMap((center) =>
      [IMAGE, ROW, [2, 3, 4]].map(
        (shape): Case => [
          `BatchNormalization${scale ? ', scale' : ''}${center ? ', center' : ''}, rank ${shape.length}`,
          shape,
          () => new BatchNormalization({ scale, center }),
        ],
      ),
    ),
  ),
  ['MaxPooling2D', IMAGE, () => stock.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), spaced],
  ['AveragePooling2D', IMAGE, () => stock.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' })],
];

/** Values a twentieth apart, shuffled: no small step changes which of them is the largest. */
function spaced(size: number): Float32Array {
  const order = [...noise(size).entries()].sort(([, a], [, b]) => a - b);
  const values = new Float32Array(size);
  for (const [rank, [at]] of order.entries()) values[at] = (rank - size / 2) / 20;
  return values;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A layer with weights from a fixed seed, as a function of its input. */
function built(make: () => Layer, shape: number[]): Layer {
  const layer = make();
  layer.build([null, ...shape.slice(1)]);
  layer.setWeights(layer.weights.map((weight, at) => noiseTensor(weight.shape as number[], 20 + at)));
  return layer;
}

/** Value, gradient for the input, gradients for the weights; and whether both agree with differences. */
function study(make: () => Layer, shape: number[], values = (count: number) => noise(count, 3)) {
  const layer = built(make, shape);
  const call = (x: Tensor): Tensor => layer.apply(x, { training: true }) as Tensor;
  const input = { shape, data: values(size(shape)) };
  const byInput = differentiate((x) => call(x as Tensor), [input]);
  const weights = layer.trainableWeights.map((weight) => weight.read()).filter((w) => w instanceof Variable);
  if (weights.length === 0) return { ...byInput, layer, slopes: [], measured: [byInput.measured] };
  const x = tensor(input.data, shape);
  const along = noiseTensor(byInput.shape, 77);
  const total = (): Tensor => sum(mul(call(x), along));
  const { grads } = tidy(() => variableGrads(total as Parameters<typeof variableGrads>[0], weights));
  const slopes = weights.map(({ name }) => grads[name]?.dataSync<'float32'>().slice() ?? new Float32Array());
  const pairs = weights.map((weight, at) => {
    const start = weight.dataSync<'float32'>().slice();
    const way = noise(start.length, 40 + at);
    const moved = (step: number): number => {
      weight.assign(
        tensor(
          start.map((value, index) => value + step * (way[index] ?? 0)),
          weight.shape,
        ),
      );
      return tidy(() => total().dataSync()[0] ?? 0);
    };
    const measured = (moved(0.01) - moved(-0.01)) / 0.02;
    moved(0);
    return {
      measured,
      slope: (slopes[at] ?? new Float32Array()).reduce((s, value, index) => s + value * (way[index] ?? 0), 0),
    };
  });
  return {
    ...byInput,
    layer,
    slopes,
    slope: byInput.slope + pairs.reduce((s, pair) => s + pair.slope, 0),
    measured: [byInput.measured, ...pairs.map((pair) => pair.measured)],
  };
}

describe.each(CASES)('%s', (_, shape, make, values) => {
  it('says its output shape, and has the gradients that differences show', async () => {
    await use('wasm');
    const { layer, shape: output, slope, measured } = study(make, shape, values);
    expect(layer.computeOutputShape([null, ...shape.slice(1)])).toEqual([null, ...output.slice(1)]);
    expectClose([slope], [measured.reduce((a, b) => a + b, 0)], 5e-3);
  });

  it('is the same on WebAssembly and the CPU', async () => {
    await use('cpu');
    const wanted = study(make, shape, values);
    await use('wasm');
    const actual = study(make, shape, values);
    expectClose(actual.value, wanted.value);
    expectClose(actual.gradients[0] ?? [], wanted.gradients[0] ?? [], 1e-4);
    for (const [at, slope] of wanted.slopes.entries()) expectClose(actual.slopes[at] ?? [], slope, 1e-4);
  });
});

it.each(IN_NODE)('a dilated convolution is the one tfjs computes forwards, on %s', async (backend) => {
  await use(backend);
  for (const padding of ['same', 'valid'] as const) {
    const layer = built(
      () => new Conv2D({ filters: 3, kernelSize: [2, 3], dilationRate: [2, 3], padding, useBias: false }),
      IMAGE,
    );
    const x = noiseTensor(IMAGE) as Tensor4D;
    const kernel = layer.getWeights()[0] as Tensor4D;
    const wanted = stockConv2d(x, kernel, 1, padding, 'NHWC', [2, 3]);
    expectClose((layer.apply(x) as Tensor).dataSync(), wanted.dataSync());
  }
});

it.each(IN_NODE)('activations are as in Keras, on %s', async (backend) => {
  await use(backend);
  const { x, y } = KERAS.activations;
  const input = tensor([x]);
  for (const [name, wanted] of Object.entries(y)) {
    const [layer, setting] = name.split(' ');
    const apply =
      layer === 'ELU'
        ? (value: Tensor) => new ELU({ alpha: Number(setting) }).apply(value) as Tensor
        : layer === 'LeakyReLU'
          ? (value: Tensor) => new LeakyReLU({ alpha: Number(setting) }).apply(value) as Tensor
          : activationOf(name);
    expectClose(apply(input).dataSync(), wanted, 1e-6);
  }
  expect(() => activationOf('swish')).toThrow('swish');
});

describe.each(IN_NODE)('Dropout on %s', (backend) => {
  const drop = (training: boolean): Float32Array =>
    (new Dropout({ rate: 0.3 }).apply(tensor(new Float32Array(1000).fill(1), [10, 100]), { training }) as Tensor)
      .dataSync<'float32'>()
      .slice();

  it('drops its share, keeps the expected sum, and draws anew at each step', async () => {
    await use(backend);
    seedSteps(3);
    const [first, second] = [drop(true), drop(true)];
    const kept = first.filter((value) => value > 0);
    expect(kept.length).toBeGreaterThan(640);
    expect(kept.length).toBeLessThan(760);
    expect(kept[0]).toBeCloseTo(1 / 0.7);
    expect(second).not.toEqual(first);
    seedSteps(3);
    expect(drop(true)).toEqual(first);
    expect(drop(false)).toEqual(new Float32Array(1000).fill(1));
  });

  it('takes the same seeds on every backend', () => {
    seedSteps(9);
    const seeds = [nextSeed(), nextSeed()];
    seedSteps(9);
    expect([nextSeed(), nextSeed()]).toEqual(seeds);
  });
});
