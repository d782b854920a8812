/** ConvLSTM beyond what random networks are compared in: padding, chance, and what is remembered. */
import { slice, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers as stock } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { convLstmClasses } from '@/engine/layers/recurrent/convLstm';
import { maskOf } from '@/engine/masks';
import { seedSteps } from '@/engine/random';
import { expectClose, IN_NODE, noise, noiseTensor, use } from './support';

const ConvLSTM2D = convLstmClasses[1] as (typeof convLstmClasses)[number];

function made(settings: Record<string, unknown>, x: Tensor | Tensor[]) {
  const layer = new ConvLSTM2D({ filters: 2, kernelSize: [2, 2], padding: 'same', ...settings });
  layer.apply(x);
  layer.setWeights(layer.weights.map(({ shape }, at) => noiseTensor(shape as number[], 40 + at)));
  return (given: Tensor | Tensor[], training = false) => layer.apply(given, { training }) as Tensor | Tensor[];
}

/** Three frames of 3×3 with two channels; in one sample the last is padding. */
const frames = (padding: number): Tensor => {
  const values = noise(2 * 3 * 18, 8);
  values.fill(padding, 5 * 18);
  return tensor(values, [2, 3, 3, 3, 2]);
};

describe.each(IN_NODE)('ConvLSTM2D on %s', (backend) => {
  it('keeps what it remembers over padding, and passes the mask on with the sequence', async () => {
    await use(backend);
    const marked = stock.masking({ maskValue: 0 });
    // Masking looks at the last axis; a frame whose values are all zeros is a step of padding.
    const x = marked.apply(frames(0)) as Tensor;
    expect(maskOf(x)?.shape).toEqual([2, 3, 3, 3]);
    const sequence = made({ returnSequences: true }, x)(x) as Tensor;
    const [, second, third] = [0, 1, 2].map((step) => slice(sequence, [1, step], [1, 1]).dataSync());
    expectClose(third ?? [], second ?? [], 1e-7);
    const last = made({}, x)(x) as Tensor;
    expectClose(slice(last, [1], [1]).dataSync(), second ?? [], 1e-7);
  });

  it('goes on from the state it gave', async () => {
    await use(backend);
    const x = frames(0.3);
    const read = made({ returnState: true }, x);
    const whole = (read(x) as Tensor[])[0] as Tensor;
    const [, state, cell] = read(slice(x, [0, 0], [2, 2])) as [Tensor, Tensor, Tensor];
    const [rest] = read([slice(x, [0, 2], [2, 1]), state, cell]) as [Tensor];
    expectClose(rest.dataSync(), whole.dataSync(), 1e-6);
  });

  it.each(['dropout', 'recurrentDropout'])('%s acts while training, by the seed', async (setting) => {
    await use(backend);
    const x = frames(0.3);
    const read = made({ [setting]: 0.5 }, x);
    const trained = (seed: number) => {
      seedSteps(seed);
      return Array.from((read(x, true) as Tensor).dataSync());
    };
    const resting = Array.from((read(x) as Tensor).dataSync());
    expect(trained(1)).toEqual(trained(1));
    expect(trained(1)).not.toEqual(trained(2));
    expect(trained(1)).not.toEqual(resting);
    expect(Array.from((read(x) as Tensor).dataSync())).toEqual(resting);
  });
});
