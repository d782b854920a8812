/** Networks for ImageNet learn here, too: one step on one image moves every weight that is to be trained. */
import { describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { type Batch, disposeResult, prepareBackends, startBackend, Trainer } from '@/engine';
import { openFromGallery } from '@/gallery';

const PIXELS = Float32Array.from({ length: 224 * 224 * 3 }, (_, at) => ((at * 37) % 101) / 101);

const BATCH: Batch = {
  image: { data: PIXELS, shape: [224, 224, 3], dtype: 'float32' },
  label: { data: Int32Array.from([3]), shape: [], dtype: 'int32' },
};

describe('one step of', () => {
  // Depthwise filters; squeezing and whole blocks dropped; several losses; attention.
  it.each(['mobilenet-v2', 'efficientnet-b0', 'googlenet-auxiliary', 'vit-tiny'])('%s', async (id) => {
    prepareBackends();
    await startBackend('wasm');
    const document = await openFromGallery(id);
    const network = compile(document, { fields: undefined, logits: true });
    const trainer = await Trainer.create(network, document.training.phases, 1);
    const before = await trainer.weights();
    const result = trainer.step(BATCH);
    expect(Number.isFinite((await result.loss.data())[0])).toBe(true);
    disposeResult(result);
    const after = await trainer.weights();
    const trained = new Set(network.weights.filter(({ trainable }) => trainable).map(({ name }) => name));
    const still = before.filter(
      ({ name, data }, at) => trained.has(name) && data.every((value, place) => value === after[at]?.data[place]),
    );
    expect(still.map(({ name }) => name)).toEqual([]);
    trainer.dispose();
  });
});
