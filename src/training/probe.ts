/** What a network says of the validation samples: the confusion matrix, and samples worth looking at. */
import type { CompiledLoss, CompiledNetwork } from '@/compiler';
import type { Column, Dataset } from '@/datasets';
import { predictedClass, toProbabilities } from '@/engine';
import type { Probe, ProbeSample } from './protocol';
import { classificationScores, regressionScores } from './scores';

const MOST_SAMPLES = 60;

export const EMPTY_PROBE: Omit<Probe, 'epoch'> = { classes: null, confusion: null, scores: [], samples: [] };

/**
 * @param indices the samples, in the order of `outputs`
 * @param outputs the raw outputs of the classifying loss's prediction, row-major
 */
export function makeProbe(
  epoch: number,
  network: CompiledNetwork,
  loss: CompiledLoss | null,
  dataset: Dataset,
  indices: Uint32Array,
  outputs: Float32Array,
): Probe {
  const column = loss && 'field' in loss.target ? dataset.columns[loss.target.field] : undefined;
  const classes = column?.spec.classes;
  if (!loss || !column || indices.length === 0) return { epoch, ...EMPTY_PROBE };
  if (!classes) return { epoch, ...EMPTY_PROBE, scores: regressionScores(outputs, targetsOf(column, indices)) };
  if (column.spec.shape.length > 0) return { epoch, ...EMPTY_PROBE };
  const width = outputs.length / indices.length;
  const actuals = targetsOf(column, indices).map(Math.round);
  const probabilities: number[] = [];
  const confusion = classes.map(() => classes.map(() => 0));
  const ranked: { row: number; actual: number; predicted: number; rank: number }[] = [];
  for (const row of indices.keys()) {
    const actual = actuals[row] ?? 0;
    const shares = toProbabilities(loss, outputs.subarray(row * width, (row + 1) * width));
    for (const share of shares) probabilities.push(share);
    const predicted = predictedClass(loss, outputs, row * width, width);
    const counts = confusion[actual];
    if (counts) counts[predicted] = (counts[predicted] ?? 0) + 1;
    const certainty = shares[predicted] ?? 0;
    // Wrong ones first, the surest of them on top; then right ones, the least sure on top.
    ranked.push({ row, actual, predicted, rank: actual === predicted ? 1 + certainty : -certainty });
  }
  ranked.sort((a, b) => a.rank - b.rank);
  const samples = ranked.slice(0, MOST_SAMPLES).map(
    ({ row, actual, predicted }): ProbeSample => ({
      index: indices[row] ?? 0,
      image: imageOf(network, dataset, indices[row] ?? 0),
      actual,
      predicted,
      probabilities: toProbabilities(loss, outputs.subarray(row * width, (row + 1) * width)),
    }),
  );
  const scores = classificationScores({ actual: actuals, confusion, probabilities });
  return { epoch, classes, confusion, scores, samples };
}

/** The target values of samples, row-major. */
function targetsOf({ spec, data, scale }: Column, indices: Uint32Array): Float32Array {
  const size = spec.shape.reduce((a, b) => a * b, 1);
  const values = new Float32Array(indices.length * size);
  for (const [row, index] of indices.entries()) {
    for (let at = 0; at < size; at++) values[row * size + at] = (data[index * size + at] ?? 0) * scale;
  }
  return values;
}

/** The first image the network reads, as bytes. */
function imageOf({ inputs }: CompiledNetwork, dataset: Dataset, index: number): ProbeSample['image'] {
  const field = inputs.find((input) => dataset.columns[input.field]?.spec.kind === 'image')?.field;
  const column = field === undefined ? undefined : dataset.columns[field];
  if (!column) return null;
  const [height = 1, width = 1, channels = 1] = column.spec.shape;
  const size = height * width * channels;
  const values = column.data.subarray(index * size, (index + 1) * size);
  return {
    height,
    width,
    channels,
    pixels: Uint8Array.from(values, (value) => Math.round(value * column.scale * 255)),
  };
}
