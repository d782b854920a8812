/** Auto: a step of this very network is timed on each backend there is, and the fastest is taken. */
import type { CompiledNetwork } from '@/compiler';
import type { Training } from '@/document';
import {
  type Backend,
  type Batch,
  disposeResult,
  isSoftwareRendered,
  likelyBackends,
  startBackend,
  Trainer,
} from '@/engine';
import type { BackendTiming } from './protocol';

/** Time for one backend, beyond its first step (which compiles shaders). */
const TIMED_FOR = 250;
const MOST_STEPS = 7;

/** Multiply-adds a step beyond which plain JavaScript cannot win: it does some 100 million a second. */
const TOO_MUCH_FOR_CPU = 30e6;

export interface Choice {
  backend: Backend;
  timings: BackendTiming[];
}

/**
 * Leaves the chosen backend in use.
 * @param work multiply-adds of one sample
 * @throws Error where no backend can run the network
 */
export async function chooseBackend(
  network: CompiledNetwork,
  training: Training,
  batch: Batch,
  work: number,
  candidates: readonly Backend[] = likelyBackends(),
): Promise<Choice> {
  const timings: BackendTiming[] = [];
  for (const backend of candidates) timings.push(await timeBackend(backend, network, training, batch, work, timings));
  const best = timings
    .filter((timing): timing is BackendTiming & { ms: number } => timing.ms !== null)
    .sort((a, b) => a.ms - b.ms)[0];
  if (!best)
    throw new Error(
      `No backend can run this network: ${timings.map(({ backend, note }) => `${backend}: ${note}`).join('; ')}`,
    );
  await startBackend(best.backend);
  return { backend: best.backend, timings };
}

async function timeBackend(
  backend: Backend,
  network: CompiledNetwork,
  training: Training,
  batch: Batch,
  work: number,
  known: readonly BackendTiming[],
): Promise<BackendTiming> {
  const others = known.some(({ ms }) => ms !== null);
  if (others && backend === 'cpu' && work * training.batchSize > TOO_MUCH_FOR_CPU) {
    return { backend, ms: null, note: 'not tried: too slow for a network of this size' };
  }
  if (others && (await isSoftwareRendered(backend))) {
    return { backend, ms: null, note: 'not tried: this machine has no graphics card for it' };
  }
  try {
    await startBackend(backend);
    return { backend, ms: await timeStep(network, training, batch) };
  } catch (error) {
    return { backend, ms: null, note: error instanceof Error ? error.message : String(error) };
  }
}

/** The median time of a step in milliseconds, after one to warm up. */
async function timeStep(network: CompiledNetwork, training: Training, batch: Batch): Promise<number> {
  const trainer = await Trainer.create(network, training.phases, training.seed);
  try {
    const timed = async (): Promise<number> => {
      const start = performance.now();
      const result = trainer.step(batch);
      await result.loss.data();
      disposeResult(result);
      return performance.now() - start;
    };
    const first = await timed();
    const times: number[] = [];
    const began = performance.now();
    do times.push(await timed());
    while (times.length < MOST_STEPS && performance.now() - began < TIMED_FOR);
    times.sort((a, b) => a - b);
    return Math.min(first, times[Math.floor(times.length / 2)] ?? first);
  } finally {
    trainer.dispose();
  }
}
