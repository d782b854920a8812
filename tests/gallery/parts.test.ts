/** Into how many parts an operation falls, and so how many threads there are, changes no digit of what is learnt. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NetworkDocument } from '@/document';
import { WORKS } from '@/engine/native/crew/works';
import { Native } from '@/engine/native/module';
import { GALLERY, openFromGallery } from '@/gallery';
import { Session } from '@/training/session';
import { likeness } from '../support/likeness';

/** Two batches, the second of them smaller, and a few samples to validate with. */
const [TRAIN, TEST, BATCH] = [30, 3, 17];

async function learnt(document: NetworkDocument) {
  const losses: number[] = [];
  const session = new Session({
    loadData: async (id) => likeness(id, TRAIN, TEST),
    emit: (event) => void (event.type === 'epoch' && losses.push(event.result.loss)),
  });
  const { stopping: _, ...settings } = document.training;
  const training = { ...settings, epochs: 1, batchSize: BATCH };
  await session.start({ document: { ...document, training }, backend: 'wasm' });
  const { tensors } = await session.weights();
  session.dispose();
  return { losses, tensors };
}

type Doing = (work: number, numbers: readonly number[], from: number, to: number, room: number) => void;

/** Each unit by itself, the last one first. */
function oneByOne(): void {
  vi.spyOn(Native.prototype, 'work').mockImplementation(function (this: Native, name, units, _cost, numbers, room) {
    const doing: Doing = Reflect.get(this, 'doing');
    for (let unit = units - 1; unit >= 0; unit--) {
      doing(WORKS.indexOf(name), numbers, unit, unit + 1, room?.own ?? 0);
    }
  });
}

describe('an operation in parts is what it is as a whole', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each(GALLERY.filter(({ dataset }) => dataset !== undefined))('$id', async ({ id }) => {
    const document = await openFromGallery(id);
    const whole = await learnt(document);
    expect(whole.losses).toHaveLength(1);
    oneByOne();
    const inParts = await learnt(document);
    expect(inParts).toEqual(whole);
  });
});
