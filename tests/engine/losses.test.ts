import { grad, ones, scalar, sigmoid, softmax, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { CompiledLoss } from '@/compiler';
import { lossOf } from '@/engine/losses';
import { KERAS } from './keras';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

const loss = (type: string, params: Record<string, string | number>, logits: CompiledLoss['logits'] = null) =>
  ({
    node: 'loss',
    type,
    params,
    weight: 1,
    sampleWeights: null,
    prediction: 0,
    target: { field: 'y' },
    logits,
  }) satisfies CompiledLoss;

describe.each(IN_NODE)('on %s', (backend) => {
  it.each(KERAS.losses)('$name $params, target $target.dtype: as in Keras', async ({ name, params, ...given }) => {
    await use(backend);
    const { prediction, target, value } = given;
    const result = tidy(() =>
      lossOf(
        loss(name, params),
        tensor(target.data, target.shape, target.dtype),
        tensor(prediction.data, prediction.shape),
      ).dataSync(),
    );
    expectClose(result, [value], 2e-6);
  });

  it.each(KERAS.losses)('$name $params, target $target.dtype: its gradient is its slope', async (given) => {
    await use(backend);
    const { name, params, prediction, target } = given;
    const wanted = tensor(target.data, target.shape, target.dtype);
    const { slope, measured } = differentiate(
      // Through a softmax where probabilities are asked for, so that they stay probabilities.
      (x) =>
        lossOf(loss(name, params), wanted, params.from === 'probabilities' ? squashed(x as Tensor) : (x as Tensor)),
      [
        {
          shape: prediction.shape,
          data: noise(prediction.data.length, 5).map((x) => (name === 'poisson' ? 1.5 + x : x)),
        },
      ],
    );
    expectClose([slope], [measured], 1e-3);
  });

  it('drives a network that is surely wrong', async () => {
    await use(backend);
    const categorical = loss('crossEntropy', { mode: 'categorical', from: 'probabilities' }, 'softmax');
    const slope = grad((x) => lossOf(categorical, tensor([1], [1], 'int32'), x))(tensor([[300, -100]]));
    expect(Array.from(slope.dataSync())).toEqual([1, -1]);
    const binary = loss('crossEntropy', { mode: 'binary', from: 'probabilities' }, 'sigmoid');
    const up = grad((x) => lossOf(binary, tensor([1], [1], 'int32'), x))(tensor([[-300]]));
    expect(Array.from(up.dataSync())).toEqual([-1]);
  });

  it('is finite however large the logits', async () => {
    await use(backend);
    const categorical = loss('crossEntropy', { mode: 'categorical', from: 'logits' });
    const [value] = lossOf(categorical, tensor([1], [1], 'int32'), tensor([[1e4, -1e4]])).dataSync();
    expect(value).toBeCloseTo(2e4);
  });

  it('lets classes count differently', async () => {
    await use(backend);
    const params = { mode: 'categorical', from: 'logits' };
    const logits = tensor([
      [2, 0],
      [0, 1],
      [0, 3],
    ]);
    const labels = tensor([0, 0, 1], [3], 'int32');
    const one = (row: number[], label: number): number =>
      lossOf(loss('crossEntropy', params), tensor([label], [1], 'int32'), tensor([row])).dataSync()[0] ?? 0;
    const weighed = { ...loss('crossEntropy', params), params: { ...params, classWeights: [1, 4] } };
    const wanted = (one([2, 0], 0) + one([0, 1], 0) + 4 * one([0, 3], 1)) / 3;
    expectClose(lossOf(weighed, labels, logits).dataSync(), [wanted]);
    expectClose(
      lossOf(
        weighed,
        tensor([
          [1, 0],
          [1, 0],
          [0, 1],
        ]),
        logits,
      ).dataSync(),
      [wanted],
    );
  });

  it.each([
    ['categorical', [[800, -800]]],
    ['binary', [[-800]]],
  ])('focused, %s, it is finite however sure a wrong answer', async (mode, x) => {
    await use(backend);
    const focal = loss('crossEntropy', { mode, from: 'logits', focusing: 2 });
    const slope = grad((y) => lossOf(focal, tensor([1], [1], 'int32'), y))(tensor(x)).dataSync();
    expect(slope.every(Number.isFinite)).toBe(true);
    expect(slope.some((value) => Math.abs(value) > 0.5)).toBe(true);
  });

  it('refuses a loss it does not know', async () => {
    await use(backend);
    expect(() => lossOf(loss('magic', {}), ones([1]), scalar(1))).toThrow('magic');
  });
});

const squashed = (x: Tensor): Tensor => (x.shape.at(-1) === 1 ? sigmoid(x) : softmax(x));
