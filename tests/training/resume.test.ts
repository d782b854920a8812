/** A run that is broken off and gone on with elsewhere is the same to the last digit as one that was not. */
import { describe, expect, it } from 'vitest';
import { type NetworkDocument, optimizerSchema, setParams, type Training } from '@/document';
import type { WeightBundle } from '@/training/protocol';
import { chain } from '../support/networks';
import { network, points, recorded, told } from './support';

const phases = (settings: object): Training['phases'] => [
  { minimise: 'all', train: 'all', optimizer: optimizerSchema.parse(settings) },
];

interface Curve {
  losses: number[];
  validation: (number | null)[];
  weights: number[][];
}

const curveOf = (events: Parameters<typeof points>[0], weights: WeightBundle): Curve => ({
  losses: points(events).map(({ loss }) => loss),
  validation: told(events, 'epoch').map(({ result }) => result.validationLoss),
  weights: weights.tensors.map(({ data }) => Array.from(data)),
});

async function unbroken(document: NetworkDocument, backend: 'wasm' | 'cpu'): Promise<Curve> {
  const { session, events } = recorded();
  await session.start({ document, backend });
  const weights = await session.weights();
  session.dispose();
  return curveOf(events, weights);
}

/** Stops after some steps, and goes on in another session with nothing but what was told. */
async function broken(document: NetworkDocument, backend: 'wasm' | 'cpu', steps: number): Promise<Curve> {
  let left = steps;
  const first = recorded({
    on(event, session) {
      if (event.type !== 'status' || event.status !== 'paused') return;
      left -= 1;
      if (left >= 0) session.step();
      else void session.stop();
    },
  });
  await first.session.start({ document, backend, paused: true });
  first.session.dispose();
  const last = told(first.events, 'weights').at(-1)?.weights;
  if (!last) throw new Error('nothing was told');
  // As it comes back from where it was kept.
  const weights = structuredClone(last);
  const second = recorded();
  await second.session.start({ document, backend, weights, resume: true });
  const end = await second.session.weights();
  second.session.dispose();
  return curveOf([...first.events, ...second.events], end);
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  // Batches of 32 of 100 samples: four steps an epoch.
  it.each([
    ['in the middle of an epoch', { type: 'adam', learningRate: 0.03 }, 6],
    ['between two epochs', { type: 'sgd', learningRate: 0.1, momentum: 0.9 }, 4],
    [
      'with averaged weights and a schedule',
      { type: 'nadam', averaging: 0.9, schedule: { type: 'cosine', warmUp: 1 } },
      5,
    ],
    ['between two batches of one update', { type: 'adamw', accumulate: 3 }, 5],
    ['with a plateau', { type: 'rmsprop', centered: true, schedule: { type: 'plateau', patience: 1 } }, 9],
  ] as const)('%s', async (_, optimizer, steps) => {
    const document = network({ epochs: 4, phases: phases(optimizer) });
    expect(await broken(document, backend, steps)).toEqual(await unbroken(document, backend));
  });

  it('with what a stateful layer remembers', async () => {
    const document = {
      ...chain(
        [4, 4, 1],
        ['reshape', { targetShape: [4, 4] }],
        ['gru', { units: 3, stateful: true }],
        ['dense', { units: 3, activation: 'softmax' }],
        ['crossEntropy', { target: 'label' }],
      ),
      training: { ...network({ epochs: 3, phases: phases({ type: 'adam' }) }).training, shuffle: false },
    };
    const whole = await unbroken(document, backend);
    expect(await broken(document, backend, 6)).toEqual(whole);
    const plain = setParams(document, 'n2', { stateful: undefined });
    expect((await unbroken(plain, backend)).losses[2]).not.toBe(whole.losses[2]);
  });

  it('with early stopping, whose best weights come back, too', async () => {
    const document = network({
      epochs: 12,
      stopping: { patience: 2, minDelta: 0, restoreBest: true },
      phases: phases({ type: 'sgd', learningRate: 3 }),
    });
    expect(await broken(document, backend, 10)).toEqual(await unbroken(document, backend));
  });
});
