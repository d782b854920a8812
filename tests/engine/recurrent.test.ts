/** A sequence read as one operation gives what single operations give, step by step, and so do its gradients. */
import { grad, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CellName } from '@/engine/layers/recurrent/fused/cells';
import { CASES, CELLS, reader } from '../support/sequences';
import { differentiate, expectClose, IN_NODE, use } from './support';

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(() => use(backend));

  describe.each(Object.keys(CELLS) as CellName[])('%s', (name) => {
    it.each(CASES)('$title', (one) => {
      const [whole, single] = [true, false].map((fused) => {
        const { f, inputs } = reader(name, one, fused);
        return differentiate(f, inputs);
      }) as [ReturnType<typeof differentiate>, ReturnType<typeof differentiate>];
      expectClose(whole.value, single.value);
      for (const [at, gradient] of whole.gradients.entries()) expectClose(gradient, single.gradients[at] ?? []);
      // Where a function has corners, differences may step over one.
      if (one.settings?.activation !== 'relu') expect(whole.slope).toBeCloseTo(whole.measured, 1);
    });

    it('keeps nothing', () => {
      const { f, inputs } = reader(name, { title: '', begun: true, padded: true }, true);
      const tensors = inputs.map(({ shape, data }) => tensor(data, shape));
      const run = () =>
        tidy(() => {
          f(...tensors);
          grad((x) => f(x, ...tensors.slice(1)))(tensors[0] as Tensor);
        });
      run();
      const { numTensors, numBytes } = memory();
      for (let turn = 0; turn < 3; turn++) run();
      expect(memory()).toMatchObject({ numTensors, numBytes });
    });
  });

  it('a gradient of a gradient is left to single operations', () => {
    const [whole, single] = [true, false].map((fused) => {
      const { f, inputs } = reader('LSTM', { title: '' }, fused);
      const [x, ...weights] = inputs.map(({ shape, data }) => tensor(data, shape)) as [Tensor, ...Tensor[]];
      const second = tidy(() => grad((at) => grad((input) => f(input, ...weights))(at))(x));
      return second.dataSync<'float32'>();
    }) as [Float32Array, Float32Array];
    expect(whole).toEqual(single);
  });
});
