import { describe, expect, it } from 'vitest';
import type { Training } from '@/document';
import { optimizerSchema } from '@/document';
import { network, pictures, recorded, sgd, told } from './support';

const run = async (training: Partial<Training>, dataset = pictures(100, 40)) => {
  const { session, events } = recorded({ dataset });
  await session.start({ document: network(training), backend: 'cpu' });
  const weights = await session.weights();
  session.dispose();
  const [end] = told(events, 'status').slice(-1);
  return { events, end, weights, epochs: told(events, 'epoch').map(({ result }) => result) };
};

const phases = (settings: object): Training['phases'] => [
  { minimise: 'all', train: 'all', optimizer: optimizerSchema.parse({ type: 'sgd', ...settings }) },
];

describe('a run', () => {
  it('stops early and keeps the best weights', async () => {
    // Far too large a step: the validation loss soon grows.
    const stopping = { patience: 2, minDelta: 0, restoreBest: true };
    const { epochs, end, weights } = await run({ epochs: 60, stopping, phases: sgd(3) });
    expect(epochs.length).toBeLessThan(60);
    const losses = epochs.map(({ validationLoss }) => validationLoss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(best).toBe(epochs.length - 2);
    expect(weights.tensors.length).toBeGreaterThan(0);
    expect(end?.status).toBe('finished');
    expect(end?.message).toContain('Stopped early');
    expect(end?.message).toContain(`epoch ${best}`);
  });

  it('ends at its time limit', async () => {
    const { epochs, end } = await run({ epochs: 100_000, timeLimit: 0.4 });
    expect(epochs.length).toBeLessThan(1000);
    expect(end).toMatchObject({ status: 'finished', message: 'The time limit of 0.4 seconds was reached.' });
  });

  it('follows its schedule: a rate of nothing changes nothing', async () => {
    const schedule = { type: 'step', every: 1, factor: 0 };
    const { epochs } = await run({ epochs: 3, phases: phases({ learningRate: 0.1, schedule }) });
    const [first, second, third] = epochs.map(({ validationLoss }) => validationLoss);
    expect(second).not.toBe(first);
    // Only the moving averages of the normalisation still follow.
    expect(Math.abs((third ?? 0) - (second ?? 0))).toBeLessThan(0.1);
  });

  it('validates with averaged weights', async () => {
    const plain = await run({ epochs: 1, phases: phases({ learningRate: 0.5 }) });
    const averaged = await run({ epochs: 1, phases: phases({ learningRate: 0.5, averaging: 0.9 }) });
    // Training itself is the same.
    expect(averaged.epochs[0]?.loss).toBe(plain.epochs[0]?.loss);
    expect(averaged.epochs[0]?.validationLoss).not.toBe(plain.epochs[0]?.validationLoss);
    const kernel = ({ weights }: typeof plain) => weights.tensors.find(({ name }) => name === 'dense/kernel')?.data;
    expect(kernel(averaged)).not.toEqual(kernel(plain));
  });
});
