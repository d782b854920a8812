/** Normalization layers that were given no statistics take them from the training data, as Keras's `adapt` does. */
import type { CompiledNetwork, KerasLayer } from '@/compiler';
import type { Trainer } from '@/engine';
import { innerOf } from '@/layers';
import { gatherBatch } from './batches';
import type { Prepared } from './prepare';

/** Samples at once: a pause or a stop is answered in between. */
const CHUNK = 256;

/** Mean and variance of each feature, the last axis; in 64 bits, around the first sample's values. */
class Moments {
  private readonly first: Float64Array;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private count = 0;

  constructor(private readonly features: number) {
    this.first = new Float64Array(features);
    this.sums = new Float64Array(features);
    this.squares = new Float64Array(features);
  }

  /** @param values row-major, the features along the last axis */
  add(values: ArrayLike<number>): void {
    const { features, first, sums, squares } = this;
    if (this.count === 0) for (let at = 0; at < features; at++) first[at] = values[at] ?? 0;
    for (let at = 0; at < values.length; at++) {
      const feature = at % features;
      const beside = (values[at] ?? 0) - (first[feature] ?? 0);
      sums[feature] = (sums[feature] ?? 0) + beside;
      squares[feature] = (squares[feature] ?? 0) + beside * beside;
    }
    this.count += values.length / features;
  }

  get mean(): Float32Array {
    return Float32Array.from(this.sums, (sum, at) => (this.first[at] ?? 0) + sum / this.count);
  }

  /** Of the data as a whole, not an estimate from a sample. */
  get variance(): Float32Array {
    return Float32Array.from(this.squares, (square, at) => {
      const beside = (this.sums[at] ?? 0) / this.count;
      return Math.max(0, square / this.count - beside * beside);
    });
  }
}

/** The layers without statistics of their own, each after those before it, with how many features they have. */
const unfitted = ({ model, weights }: CompiledNetwork): { layer: KerasLayer; features: number }[] =>
  model.layers.flatMap((layer) => {
    if (![layer.className, innerOf(layer.config)?.className].includes('Normalization')) return [];
    const kept = weights.find((weight) => weight.layer === layer.name && weight.weight === 'mean');
    return kept ? [{ layer, features: kept.shape[0] ?? 1 }] : [];
  });

/**
 * Sets the statistics to those of what reaches each layer from the training part, before anything is trained.
 * @param mayGoOn asked between batches; false ends it
 */
export async function fitStatistics(
  trainer: Trainer,
  { network, dataset, fields, train }: Prepared,
  mayGoOn: () => Promise<boolean>,
): Promise<void> {
  for (const { layer, features } of unfitted(network)) {
    const moments = new Moments(features);
    const source = network.model.layers.find(({ name }) => name === layer.calls[0]?.[0]?.layer);
    const field = network.inputs.find(({ node }) => source?.className === 'InputLayer' && node === source.node)?.field;
    for (let at = 0; at < train.length; at += CHUNK) {
      if (!(await mayGoOn())) return;
      const rows = train.subarray(at, at + CHUNK);
      // Right behind an input nothing needs to be computed.
      const batch = gatherBatch(dataset, field === undefined ? fields : [field], rows);
      const values = field === undefined ? await trainer.reaching(layer.name, batch) : batch[field]?.data;
      moments.add(values ?? []);
    }
    trainer.setWeights(
      new Map([
        [`${layer.name}/mean`, moments.mean],
        [`${layer.name}/variance`, moments.variance],
      ]),
    );
  }
}
