/** What is held does not grow: every network that trains in the tab holds as much after its last epoch as after its second. */
import { engine } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { NetworkDocument } from '@/document';
import { tensorsHeld } from '@/engine';
import { GALLERY, openFromGallery } from '@/gallery';
import type { RunEvent } from '@/training/protocol';
import { Session } from '@/training/session';
import { likeness } from '../support/likeness';

const EPOCHS = 50;

/** Two batches an epoch, the second of them smaller, and one to validate with. */
const [TRAIN, TEST, BATCH] = [5, 2, 3];

/** Tensors, bytes, and pieces of the backend's memory, some of which tfjs does not know of. */
const held = () => ({ ...tensorsHeld(), pieces: engine().backend.numDataIds() });

/** What is held at the end of each epoch. */
async function heldAfterEpochs(document: NetworkDocument): Promise<ReturnType<typeof held>[]> {
  const found: ReturnType<typeof held>[] = [];
  const told: RunEvent[] = [];
  const session = new Session({
    loadData: async (id) => likeness(id, TRAIN, TEST),
    emit(event) {
      if (event.type === 'epoch') found.push(held());
      else told.push(event);
    },
  });
  // However little it learns from noise, it goes on.
  const { stopping: _, ...settings } = document.training;
  const training = { ...settings, epochs: EPOCHS, batchSize: BATCH };
  await session.start({ document: { ...document, training }, backend: 'wasm' });
  session.dispose();
  expect(told.filter(({ type }) => type === 'failure')).toEqual([]);
  return found;
}

describe('training holds no more and no less', () => {
  it.each(GALLERY.filter(({ dataset }) => dataset !== undefined))('$id', async ({ id }) => {
    const found = await heldAfterEpochs(await openFromGallery(id));
    expect(found).toHaveLength(EPOCHS);
    expect(found.at(-1)).toEqual(found[1]);
  });
});
