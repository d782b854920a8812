import { grad, mul, slice, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { activationOf } from '@/engine/activations';
import { Threshold } from '@/engine/layers/core/rectifiers';
import { ACTIVATIONS } from '@/layers/shared/activations';
import { KERAS_LAYERS } from './kerasLayers';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

const { activations } = KERAS_LAYERS;

/** Each value by itself: near 10,000 a common measure would hide what happens around zero. */
function expectEachClose(actual: ArrayLike<number>, wanted: readonly number[], what: string): void {
  expect(actual.length).toBe(wanted.length);
  for (const [at, value] of wanted.entries()) {
    expect(Math.abs((actual[at] ?? Number.NaN) - value), `${what} at ${at}: ${actual[at]}, not ${value}`).toBeLessThan(
      3e-6 + 1e-5 * Math.abs(value),
    );
  }
}

it('every function there is has been compared', () => {
  const compared = [...Object.keys(activations.pointwise), ...Object.keys(activations.overAxis)];
  const own = Object.values(ACTIVATIONS).map(({ keras }) => keras);
  expect(compared.toSorted()).toEqual(own.filter((name) => name !== 'linear' && name !== 'sparsemax').toSorted());
});

describe.each(IN_NODE)('on %s', (backend) => {
  it.each(Object.entries(activations.pointwise))(
    '%s is Keras’s, and so is its slope, far out too',
    async (name, wanted) => {
      await use(backend);
      const x = tensor(wanted.x ?? activations.x);
      const apply = activationOf(name);
      expectEachClose(apply(x).dataSync(), wanted.y, name);
      expectEachClose(grad((value: Tensor) => sum(apply(value)))(x).dataSync(), wanted.slope, `the slope of ${name}`);
    },
  );

  it.each(Object.entries(activations.overAxis))('%s over the last axis is Keras’s', async (name, wanted) => {
    await use(backend);
    const x = tensor(activations.rows, [4, 6]);
    const weigh = slice(tensor(activations.weigh, [4, 6]), [0, 0], [4, wanted.y.length / 4]);
    const apply = activationOf(name);
    expectEachClose(apply(x).dataSync(), wanted.y, name);
    const slope = grad((value: Tensor) => sum(mul(apply(value), weigh)))(x);
    expectEachClose(slope.dataSync(), wanted.slope, `the slope of ${name}`);
  });

  it('sparsemax is the nearest point of the simplex', async () => {
    await use(backend);
    const sparsemax = activationOf('sparsemax');
    // From the definition: Martins & Astudillo 2016, figure 1 and equation 4.
    const x = tensor([0, 0.5, 1, 3, 0, 0, 0.1, 0.1, 0.1, -1e4, 1e4, 1e4 - 0.5], [4, 3]);
    const third = 1 / 3;
    expectClose(sparsemax(x).dataSync(), [0, 0.25, 0.75, 1, 0, 0, third, third, third, 0, 0.75, 0.25], 1e-6);
    const data = noise(2 * 3 * 5, 4);
    const { value, slope, measured } = differentiate(sparsemax, [{ shape: [2, 3, 5], data }]);
    for (let row = 0; row < 6; row++) {
      expect(value.slice(5 * row, 5 * row + 5).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    expect(Math.abs(slope)).toBeGreaterThan(0.01);
    expectClose([slope], [measured], 1e-2);
  });

  it('a threshold steps, or lets the value through, and its gradient is what was chosen', async () => {
    await use(backend);
    const x = tensor([-3, 0.4, 0.5, 0.6, 1.4, 1.6]);
    const through = (settings: Record<string, unknown>) => {
      const layer = new Threshold({ threshold: 0.5, ...settings });
      const call = (value: Tensor): Tensor => layer.call(value);
      return {
        y: Array.from(call(x).dataSync()),
        slope: Array.from(grad((value: Tensor) => sum(call(value)))(x).dataSync()),
      };
    };
    expect(through({})).toEqual({ y: [0, 0, 1, 1, 1, 1], slope: [0, 0, 0, 0, 0, 0] });
    expect(through({ gradient: 'straightThrough', below: -1 })).toEqual({
      y: [-1, -1, 1, 1, 1, 1],
      slope: [0, 1, 1, 1, 1, 0],
    });
    const value = through({ above: 'value', below: 7 });
    expectClose(value.y, [7, 7, 7, 0.6, 1.4, 1.6], 1e-7);
    expect(value.slope).toEqual([0, 0, 0, 1, 1, 1]);
  });
});
