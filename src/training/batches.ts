/** Samples of a data set as batches: only the fields a network reads, in the values it expects. */
import type { CompiledNetwork } from '@/compiler';
import { type Column, type Dataset, seededRandom, shuffledIndices } from '@/datasets';
import type { Batch, BatchField } from '@/engine';
import type { Prepared } from './prepare';

/** The fields that inputs and losses of a network read. */
export function fieldsRead({ inputs, losses }: CompiledNetwork): string[] {
  const targets = losses.flatMap(({ target, sampleWeights }) => [
    ...('field' in target ? [target.field] : []),
    ...(sampleWeights === null ? [] : [sampleWeights]),
  ]);
  return [...new Set([...inputs.map(({ field }) => field), ...targets])];
}

/**
 * Gathers samples into one batch.
 * @throws RangeError for a field the data set does not have
 */
export function gatherBatch(dataset: Dataset, fields: readonly string[], indices: Uint32Array): Batch {
  const batch: Record<string, BatchField> = {};
  for (const name of fields) {
    const column = dataset.columns[name];
    if (!column) throw new RangeError(`The data set has no field “${name}”.`);
    batch[name] = gatherColumn(column, indices);
  }
  return batch;
}

function gatherColumn({ spec, data, scale }: Column, indices: Uint32Array): BatchField {
  const size = spec.shape.reduce((a, b) => a * b, 1);
  const values =
    spec.dtype === 'int32' ? new Int32Array(indices.length * size) : new Float32Array(indices.length * size);
  for (const [row, index] of indices.entries()) {
    const [from, to] = [index * size, row * size];
    for (let at = 0; at < size; at++) values[to + at] = (data[from + at] ?? 0) * scale;
  }
  return { data: values, shape: spec.shape, dtype: spec.dtype, isClass: spec.kind === 'class' };
}

/** @param epoch from 1. @returns positions in the training part, another order each epoch; null where they are taken as they come */
export function epochOrder({ train, document }: Prepared, epoch: number): Uint32Array | null {
  const { shuffle, seed } = document.training;
  return shuffle ? shuffledIndices(train.length, seededRandom(seed + 7919 * epoch)) : null;
}

/** Sample numbers of a batch. The last of an epoch holds what is left, as in Keras. */
export function batchAt({ train, document }: Prepared, order: Uint32Array | null, step: number): Uint32Array {
  const { batchSize } = document.training;
  const [from, to] = [step * batchSize, (step + 1) * batchSize];
  return order ? order.slice(from, to).map((at) => train[at] ?? 0) : train.slice(from, to);
}
