/** The learning-rate finder: a short training of a copy of the network whose rate rises from batch to batch. */
import type { Phase } from '@/document';
import { disposeResult, readBack, Trainer } from '@/engine';
import { batchAt, epochOrder, gatherBatch } from './batches';
import type { RunControl } from './control';
import { RunError } from './failure';
import type { Prepared } from './prepare';
import type { RateSweep, WeightBundle } from './protocol';
import { decadesAt, LOWEST_RATE, RATES, RateCurve } from './rateCurve';
import { restoreWeights } from './restore';
import { fitStatistics } from './statistics';
import { yieldToMessages } from './yield';

/** Milliseconds between two tellings. */
const INTERVAL = 100;

/**
 * One rate for every update, from the lowest to that beyond which the loss grows out of measure. The network is built
 * anew, so nothing that is trained elsewhere changes.
 * @param weights where it begins; the run's own first weights where absent
 * @throws RunError where the weights do not fit, and what tfjs throws
 */
export async function sweepRates(
  prepared: Prepared,
  phase: number,
  control: RunControl,
  tell: (sweep: RateSweep) => void,
  weights?: WeightBundle,
): Promise<RateSweep> {
  const { dataset, fields, network, document, train } = prepared;
  const { phases, seed, batchSize } = document.training;
  const chosen = phases[phase];
  if (!chosen) throw new RunError('network', `There is no training phase ${phase + 1}.`, 'Choose another one.');
  const trainer = await Trainer.create(
    network,
    phases.map((other) => (other === chosen ? rising(other) : steady(other))),
    seed,
  );
  const curve = new RateCurve();
  const stepsPerEpoch = Math.ceil(train.length / batchSize);
  const perRate = chosen.optimizer.accumulate ?? 1;
  let order = epochOrder(prepared, 1);
  let lastTold = 0;
  try {
    if (weights) restoreWeights(trainer, weights);
    else await fitStatistics(trainer, prepared, async () => !control.stopped);
    for (let at = 0, step = 0; at < RATES && !control.stopped; at++) {
      const decades = decadesAt(at);
      let loss = 0;
      for (let part = 0; part < perRate; part++, step++) {
        const inEpoch = step % stepsPerEpoch;
        if (inEpoch === 0 && step > 0) {
          order = epochOrder(prepared, 1 + step / stepsPerEpoch);
          trainer.beginSequence();
        }
        const batch = gatherBatch(dataset, fields, batchAt(prepared, order, inEpoch));
        const result = trainer.step(batch, { done: decades, epochs: RATES, stepsPerEpoch });
        loss += ((await readBack(result.loss))[0] ?? Number.NaN) / perRate;
        disposeResult(result);
        await yieldToMessages();
      }
      if (!curve.add(decades, loss)) break;
      if (performance.now() - lastTold >= INTERVAL) {
        lastTold = performance.now();
        tell(curve.sweep);
      }
    }
    return curve.sweep;
  } finally {
    trainer.dispose();
  }
}

/** Ten times the rate for each “epoch” of its course. */
const rising = (phase: Phase): Phase => ({
  ...phase,
  optimizer: { ...phase.optimizer, learningRate: LOWEST_RATE, schedule: { type: 'exponential', factor: 10 } },
});

const steady = (phase: Phase): Phase => ({
  ...phase,
  optimizer: { ...phase.optimizer, schedule: { type: 'constant' } },
});
