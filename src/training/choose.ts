/** Auto: a step of this very network is timed on each backend there is, and the fastest is taken. */
import type { CompiledNetwork } from '@/compiler';
import type { Training } from '@/document';
import {
  type Backend,
  type Batch,
  disposeResult,
  isSoftwareRendered,
  likelyBackends,
  readBack,
  shareWork,
  startBackend,
  Trainer,
  threadsInUse,
} from '@/engine';
import { inferDocument } from '@/inference';
import { isKnown } from '@/layers';
import { gatherBatch } from './batches';
import type { Prepared } from './prepare';
import type { BackendTiming, Settled, StartOptions } from './protocol';

/** Time for one backend, beyond its first step (which compiles shaders). */
const TIMED_FOR = 250;
const MOST_STEPS = 7;

/** After so long in all, those not tried yet are left out, if any has been found to work. */
const ENOUGH = 6000;

/** Multiply-adds a millisecond of plain JavaScript, at its best. */
const CPU_PACE = 200_000;

/**
 * Starts the backend that is asked for; for Auto, the one remembered, or else the fastest.
 * @returns what was found of each, where it was timed
 * @throws Error where it does not start
 */
export async function settleBackend(
  { backend, remembered }: Pick<StartOptions, 'backend' | 'remembered'>,
  { document, network, dataset, fields, train }: Prepared,
  candidates: readonly Backend[] = likelyBackends(),
): Promise<Settled> {
  if (backend !== 'auto') {
    await startBackend(backend);
    shareWork(true);
    // With one thread there is nothing to choose.
    if (threadsInUse() === 1) return { backend, threads: 1, timings: [] };
  }
  const asked = backend === 'auto' ? candidates : [backend];
  if (remembered && asked.includes(remembered.backend) && (await starts(remembered.backend))) {
    shareWork(remembered.threads > 1);
    return { ...remembered, threads: threadsInUse() };
  }
  const batch = gatherBatch(dataset, fields, train.slice(0, document.training.batchSize));
  const macs = inferDocument(document, dataset.info.fields).totals?.macs ?? 0;
  const work = (isKnown(macs) ? macs : 0) * document.training.batchSize;
  return chooseBackend(network, document.training, batch, work, asked);
}

const starts = (backend: Backend): Promise<boolean> =>
  startBackend(backend).then(
    () => true,
    () => false,
  );

/**
 * Leaves the chosen backend in use.
 * @param work multiply-adds of one batch forwards
 * @throws Error where no backend can run the network
 */
async function chooseBackend(
  network: CompiledNetwork,
  training: Training,
  batch: Batch,
  work: number,
  candidates: readonly Backend[],
): Promise<Settled> {
  const timings: BackendTiming[] = [];
  const began = performance.now();
  for (const backend of candidates) {
    const best = fastest(timings);
    const hopeless = best && (await whyHopeless(backend, best.ms, work, performance.now() - began));
    if (hopeless) timings.push({ backend, ms: null, note: hopeless });
    else timings.push(...(await timeBackend(backend, network, training, batch)));
  }
  const best = fastest(timings);
  if (!best) {
    const reasons = timings.map(({ backend, note }) => `${backend}: ${note}`).join('; ');
    throw new Error(`No backend can run this network. ${reasons}`);
  }
  await startBackend(best.backend);
  shareWork((best.threads ?? 1) > 1);
  return { backend: best.backend, threads: threadsInUse(), timings };
}

type Timed = BackendTiming & { ms: number };

const fastest = (timings: readonly BackendTiming[]): Timed | undefined =>
  timings.filter((timing): timing is Timed => timing.ms !== null).sort((a, b) => a.ms - b.ms)[0];

/** Why a backend need not be tried beside one that takes `best` milliseconds; null where it may win. */
async function whyHopeless(backend: Backend, best: number, work: number, spent: number): Promise<string | null> {
  if (spent > ENOUGH) return 'not tried: the others took long enough';
  // A step computes forwards once and backwards twice.
  if (backend === 'cpu' && (3 * work) / CPU_PACE > best) return 'not tried: too slow for a network of this size';
  if (await isSoftwareRendered(backend)) return 'not tried: this machine has no graphics card for it';
  return null;
}

/** With all its threads and, where it has several, with one. */
async function timeBackend(
  backend: Backend,
  network: CompiledNetwork,
  training: Training,
  batch: Batch,
): Promise<BackendTiming[]> {
  if (!(await starts(backend))) return [{ backend, ms: null, note: 'not there: browser and machine do not offer it' }];
  try {
    shareWork(true);
    const threads = threadsInUse();
    if (threads === 1) return [{ backend, ms: await timeStep(network, training, batch) }];
    const together = await timeStep(network, training, batch);
    shareWork(false);
    const alone = await timeStep(network, training, batch);
    return [
      { backend, threads: 1, ms: alone },
      { backend, threads, ms: together },
    ];
  } catch (error) {
    return [{ backend, ms: null, note: error instanceof Error ? error.message : String(error) }];
  }
}

/** The median time of a step in milliseconds, after one to warm up. */
async function timeStep(network: CompiledNetwork, training: Training, batch: Batch): Promise<number> {
  const trainer = await Trainer.create(network, training.phases, training.seed);
  try {
    const timed = async (): Promise<number> => {
      const start = performance.now();
      const result = trainer.step(batch);
      await readBack(result.loss);
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
