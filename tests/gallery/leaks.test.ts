/** What is held does not grow: every network that trains in the tab holds as much after its last epoch as after its second. */
import { engine } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Column, type Dataset, datasetInfo, type FieldSpec } from '@/datasets';
import type { NetworkDocument } from '@/document';
import { tensorsHeld } from '@/engine';
import { GALLERY, openFromGallery } from '@/gallery';
import type { RunEvent } from '@/training/protocol';
import { Session } from '@/training/session';
import { noise } from '../support/networks';

const EPOCHS = 50;

/** Two batches an epoch, the second of them smaller, and one to validate with. */
const [TRAIN, TEST, BATCH] = [5, 2, 3];

function column(spec: FieldSpec, samples: number): Column {
  const size = samples * spec.shape.reduce((a, b) => a * b, 1);
  const { vocabulary } = spec;
  const range = vocabulary?.size ?? spec.classes?.length ?? 2;
  const data =
    spec.dtype === 'int32' ? Int32Array.from({ length: size }, (_, at) => at % range) : noise(size, 1).map(Math.abs);
  if (!vocabulary) return { spec, data, scale: 1 };
  const entries = vocabulary.entries ?? Array.from({ length: vocabulary.size }, (_, entry) => `entry ${entry}`);
  return { spec, data, scale: 1, entries };
}

/** A few samples of noise with the fields of a real data set. */
function likeness(id: string): Dataset {
  const info = datasetInfo(id);
  if (!info) throw new Error(`no data set ${id}`);
  const size = TRAIN + TEST;
  return {
    info: { ...info, samples: { train: TRAIN, test: TEST } },
    size,
    columns: Object.fromEntries(Object.entries(info.fields).map(([name, spec]) => [name, column(spec, size)])),
  };
}

/** Tensors, bytes, and pieces of the backend's memory, some of which tfjs does not know of. */
const held = () => ({ ...tensorsHeld(), pieces: engine().backend.numDataIds() });

/** What is held at the end of each epoch. */
async function heldAfterEpochs(document: NetworkDocument): Promise<ReturnType<typeof held>[]> {
  const found: ReturnType<typeof held>[] = [];
  const told: RunEvent[] = [];
  const session = new Session({
    loadData: async (id) => likeness(id),
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
