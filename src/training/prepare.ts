/** What a run needs before its first step: the network compiled, the data loaded and divided. */
import { type CompiledNetwork, compile } from '@/compiler';
import { type Dataset, splitIndices } from '@/datasets';
import { flatten, type NetworkDocument } from '@/document';
import { fieldsRead } from './batches';
import { RunError } from './failure';

export interface Prepared {
  /** With its blocks opened out. */
  document: NetworkDocument;
  network: CompiledNetwork;
  dataset: Dataset;
  /** The fields that the network and its losses read. */
  fields: string[];
  train: Uint32Array;
  validation: Uint32Array;
}

/** @throws RunError, CompileError or DatasetError: why this document cannot be trained */
export async function prepare(drawn: NetworkDocument, load: (id: string) => Promise<Dataset>): Promise<Prepared> {
  const { document } = flatten(drawn);
  const { dataset: id, validationSplit, seed } = document.training;
  if (id === undefined) {
    throw new RunError('data', 'The network has no data set to learn from.', 'Choose one in the Data panel.');
  }
  const dataset = await load(id);
  const network = compile(drawn, { fields: dataset.info.fields, logits: true });
  const { train, validation } = splitIndices(dataset.info.samples, {
    seed,
    validationSplit,
    // Pieces of long sequences follow each other without gaps.
    fromTheEnd: network.model.batchSize !== undefined,
  });
  if (train.length === 0) {
    throw new RunError('data', 'No samples are left to train on.', 'Hold out a smaller share for validation.');
  }
  return { document, network, dataset, fields: fieldsRead(network), train, validation };
}
