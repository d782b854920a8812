import { dispose, memory, tensor, type Variable, variable } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { optimizerSchema } from '@/document';
import { createUpdater } from '@/engine/optimizers/updater';
import { KERAS } from './keras';
import { expectClose, IN_NODE, use } from './support';

const { first, gradients, cases } = KERAS.optimizers;

describe.each(IN_NODE)('on %s', (backend) => {
  describe.each([
    ['in place', true],
    ['by tensors', false],
  ] as const)('%s', (_, inPlace) => {
    it.each(cases)('$settings: ten steps as in Keras', async ({ settings, steps }) => {
      await use(backend);
      const before = memory().numTensors;
      const updater = createUpdater(optimizerSchema.parse(settings));
      const weights: Variable[] = first.map(({ data, shape }) => variable(tensor(data, shape)));
      for (const [at, wanted] of steps.entries()) {
        const slopes = (gradients[at] ?? []).map(({ data, shape }) => tensor(data, shape));
        const named = Object.fromEntries(weights.map(({ name }, index) => [name, slopes[index] ?? tensor([])]));
        updater.apply(weights, named, 1, inPlace);
        for (const [index, weight] of weights.entries()) {
          expectClose(weight.dataSync(), wanted[index]?.data ?? [], 5e-6);
        }
      }
      updater.dispose();
      dispose(weights);
      // The first tensors of the variables are theirs, and go with them.
      expect(memory().numTensors).toBeLessThanOrEqual(before + first.length);
    });
  });
});
