import { add, conv2d, reshape, type Tensor, type Tensor4D, tensor, tidy } from '@tensorflow/tfjs-core';
import { model as modelOf, layers as stock, input as symbolic } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { MultiHeadAttention } from '@/engine/layers/attention/heads';
import { PatchEmbedding } from '@/engine/layers/attention/patchEmbedding';
import {
  ClassToken,
  PositionEmbedding,
  RotaryEmbedding,
  SinusoidalPositionEncoding,
} from '@/engine/layers/attention/positions';
import { Attention } from '@/engine/layers/attention/single';
import { maskOf } from '@/engine/masks';
import { seedSteps } from '@/engine/random';
import { computed, JOINING, titleOf } from './joining';
import { differentiate, expectClose, IN_NODE, noise, noiseTensor, use } from './support';

const OWN = ['MultiHeadAttention', 'GroupQueryAttention', 'Attention', 'AdditiveAttention', 'EinsumDense'];

const cases = JOINING.filter(({ className }) => OWN.includes(className)).map(
  (given) => [titleOf(given), given] as const,
);

it('every class has a case', () => {
  expect(new Set(cases.map(([, { className }]) => className))).toEqual(new Set(OWN));
});

describe.each(IN_NODE)('as in Keras, on %s', (backend) => {
  it.each(cases)('%s', async (_, given) => {
    await use(backend);
    const actual = computed(given);
    expect([actual.count, actual.shape, actual.foretold]).toEqual([given.weights.length, given.y.shape, given.y.shape]);
    expectClose(actual.y, given.y.data, 1e-5);
    expect(Object.keys(actual.weightSlopes).toSorted()).toEqual(Object.keys(given.weightSlopes).toSorted());
    for (const [at, slope] of given.slopes.entries()) expectClose(actual.slopes[at] ?? [], slope, 5e-5);
    for (const [name, slope] of Object.entries(given.weightSlopes)) {
      expectClose(actual.weightSlopes[name] ?? [], slope, 5e-5);
    }
  });
});

const given = (...shape: number[]) => ({
  shape,
  data: noise(
    shape.reduce((a, b) => a * b, 1),
    3,
  ),
});

describe.each(IN_NODE)('where a step stands, on %s', (backend) => {
  it('is told by waves', async () => {
    await use(backend);
    for (const features of [4, 5]) {
      const layer = new SinusoidalPositionEncoding({ maxWavelength: 100 });
      const x = given(2, 3, features);
      const { value, slope, measured } = differentiate((y) => layer.call(y as Tensor), [x]);
      const wanted = x.data.map((before, at) => {
        const [step, feature] = [Math.floor(at / features) % 3, at % features];
        const angle = step / 100 ** ((2 * Math.floor(feature / 2)) / features);
        return before + (feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
      });
      expectClose(value, wanted, 2e-6);
      expectClose([slope], [measured], 2e-3);
    }
  });

  it('is told by turning pairs', async () => {
    await use(backend);
    for (const pairs of ['neighbours', 'halves']) {
      for (const shape of [
        [2, 3, 4],
        [2, 3, 2, 4],
      ]) {
        const x = given(...shape);
        const layer = new RotaryEmbedding({ pairs, maxWavelength: 100, scalingFactor: 2 });
        const { value, slope, measured } = differentiate((y) => layer.call(y as Tensor), [x]);
        const inStep = x.data.length / 6;
        const wanted = x.data.map((_, at) => {
          const [step, feature] = [Math.floor(at / inStep) % 3, at % 4];
          const [pair, second] =
            pairs === 'halves' ? [feature % 2, feature >= 2] : [Math.floor(feature / 2), feature % 2 === 1];
          const angle = step / 2 / 100 ** ((2 * pair) / 4);
          const apart = pairs === 'halves' ? 2 : 1;
          const [own, other] = [x.data[at] ?? 0, x.data[at + (second ? -apart : apart)] ?? 0];
          return own * Math.cos(angle) + (second ? 1 : -1) * other * Math.sin(angle);
        });
        expectClose(value, wanted, 2e-6);
        expectClose([slope], [measured], 2e-3);
      }
    }
  });

  it('is learned', async () => {
    await use(backend);
    const layer = new PositionEmbedding({ maxLength: 5 });
    layer.build([2, 3, 4]);
    const table = noise(20, 8);
    tidy(() => layer.setWeights([tensor(table, [5, 4])]));
    const x = given(2, 3, 4);
    const y = tidy(() => layer.call(tensor(x.data, x.shape)).dataSync());
    expectClose(
      y,
      x.data.map((before, at) => before + (table[at % 12] ?? 0)),
    );
  });
});

describe.each(IN_NODE)('tokens on %s', (backend) => {
  it('patches are a convolution whose stride is its window', async () => {
    await use(backend);
    const layer = new PatchEmbedding({ embedDim: 3, patchSize: [2, 3] });
    layer.build([2, 4, 6, 2]);
    const [kernel, bias] = [noiseTensor([2, 3, 2, 3], 4), noiseTensor([3], 5)];
    layer.setWeights([kernel, bias]);
    const x = given(2, 4, 6, 2);
    const { value, shape, slope, measured } = differentiate((y) => layer.call(y as Tensor), [x]);
    const wanted = tidy(() =>
      add(
        reshape(conv2d(tensor(x.data, [2, 4, 6, 2]) as Tensor4D, kernel as Tensor4D, [2, 3], 'valid'), [2, 4, 3]),
        bias,
      ).dataSync<'float32'>(),
    );
    expect([shape, layer.computeOutputShape([2, 4, 6, 2])]).toEqual([
      [2, 4, 3],
      [2, 4, 3],
    ]);
    expectClose(value, wanted, 2e-6);
    expectClose([slope], [measured], 2e-3);
    expect(layer.computeOutputShape([null, null, 6, 2])).toEqual([null, null, 3]);
  });

  it('the learned step comes first, in every sample', async () => {
    await use(backend);
    const layer = new ClassToken({});
    layer.build([2, 3, 2]);
    layer.setWeights([tensor([7, 8])]);
    const y = tidy(() => layer.call(tensor([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], [2, 3, 2])).arraySync());
    const sample = [
      [7, 8],
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(y).toEqual([sample, sample]);
  });
});

describe.each(IN_NODE)('masks on %s', (backend) => {
  /** A batch of one sequence, its last step padding. */
  const sequence = (last: number): Tensor => tensor([0.3, -0.4, 0.8, 0.1, last, last], [1, 3, 2]);

  it('travel through a model to the second input of a layer', async () => {
    await use(backend);
    const [q, v] = [symbolic({ shape: [3, 2] }), symbolic({ shape: [3, 2] })];
    const dense = stock.dense({ units: 2, useBias: false });
    const marked = stock.masking().apply(v) as typeof v;
    const y = new Attention({ ports: ['query', 'value'] }).apply([dense.apply(q) as typeof q, marked]);
    const model = modelOf({ inputs: [q, v], outputs: y as typeof q });
    const weights = tidy(() => {
      const [full, short] = [sequence(0), tensor([0.3, -0.4, 0.8, 0.1], [1, 2, 2])];
      const found = (model.predict([sequence(0.6), full]) as Tensor).dataSync();
      const asked = tidy(() => dense.apply(sequence(0.6)) as Tensor);
      const wanted = (new Attention({}).apply([asked, short]) as Tensor).dataSync();
      return [found, wanted] as const;
    });
    expectClose(...weights);
    model.dispose();
  });

  it('are those of a layer’s own inputs, not of one before it', async () => {
    await use(backend);
    const marked = stock.masking().apply(sequence(0)) as Tensor;
    expect(maskOf(marked)?.arraySync()).toEqual([[1, 1, 0]]);
    const seen: unknown[] = [];
    class Watching extends stock.Layer {
      static className = 'Watching';
      override call(x: Tensor | Tensor[], kwargs: { mask?: Tensor }): Tensor {
        seen.push(kwargs.mask);
        return (Array.isArray(x) ? x[0] : x) as Tensor;
      }
    }
    const kwargs = { mask: tensor([[1, 0, 1]]) };
    new Watching({}).apply(sequence(1), kwargs);
    expect(seen).toEqual([undefined]);
    const token = new ClassToken({}).apply(marked) as Tensor;
    expect(maskOf(token)?.arraySync()).toEqual([[1, 1, 1, 0]]);
  });

  it('a causal step is not changed by those after it', async () => {
    await use(backend);
    const layer = new MultiHeadAttention({ numHeads: 2, keyDim: 2, useCausalMask: true, ports: ['query', 'value'] });
    layer.build([
      [1, 3, 2],
      [1, 3, 2],
    ]);
    layer.setWeights(layer.getWeights().map(({ shape }, at) => noiseTensor(shape, at + 1)));
    const first = (last: number): number[] =>
      tidy(() => [
        ...layer
          .call([sequence(last), sequence(last)], {})
          .dataSync()
          .slice(0, 4),
      ]);
    expect(first(5)).toEqual(first(-2));
  });

  it('dropout of attention weights acts while training only, and keeps their mean', async () => {
    await use(backend);
    seedSteps(4);
    const layer = new Attention({ dropout: 0.5, ports: ['query', 'value'] });
    const run = (training: boolean): Float32Array =>
      tidy(() => {
        const ones = tensor(new Float32Array(4000).fill(1), [20, 200, 1]);
        return layer.call([ones, ones], { training }).dataSync<'float32'>().slice();
      });
    expectClose(run(false), new Float32Array(4000).fill(1));
    const dropped = run(true);
    expect(dropped.some((value) => Math.abs(value - 1) > 0.01)).toBe(true);
    expect(Math.abs(dropped.reduce((a, b) => a + b, 0) / 4000 - 1)).toBeLessThan(0.02);
  });
});
