/** What a network says of the validation part, in inference mode. */
import { Carried, type Trainer } from '@/engine';
import { gatherBatch } from './batches';
import type { Prepared } from './prepare';
import { EMPTY_PROBE, Prober } from './probe';
import type { Probe } from './protocol';

interface Evaluation {
  loss: number | null;
  accuracy: number | null;
  probe: Probe;
}

/** Samples at once: enough to be quick, and no longer than a training step, so that a pause is answered. */
const chunkFor = (batchSize: number): number => Math.min(250, Math.max(32, 2 * batchSize));

/**
 * @param mayGoOn asked between batches; false ends it
 * @returns null where it was ended
 */
export async function evaluate(
  trainer: Trainer,
  { document, network, dataset, fields, validation }: Prepared,
  epoch: number,
  mayGoOn: () => Promise<boolean>,
): Promise<Evaluation | null> {
  if (validation.length === 0) return { loss: null, accuracy: null, probe: { epoch, ...EMPTY_PROBE } };
  // What goes on from batch to batch has its place in the batch.
  const chunk = network.model.batchSize ?? chunkFor(document.training.batchSize);
  const output = trainer.classifier?.prediction ?? 0;
  const prober = new Prober(network, trainer.classifier, dataset);
  let total = 0;
  const carried = new Carried();
  try {
    for (let at = 0; at < validation.length; at += chunk) {
      if (!(await mayGoOn())) return null;
      const rows = validation.subarray(at, at + chunk);
      const result = await trainer.evaluate(gatherBatch(dataset, fields, rows), output, carried);
      prober.add(rows, result.outputs, result.mask);
      total += result.loss * rows.length;
    }
  } finally {
    carried.forget();
  }
  return { loss: total / validation.length, accuracy: prober.accuracy, probe: prober.probe(epoch) };
}
