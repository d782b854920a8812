/**
 * What a validation comes to, in the measures people ask for. Each is taken over all samples at once, never
 * averaged over batches. Classes count alike where a measure is a mean over them (macro).
 */
import type { Score } from './protocol';

/** Predictions for labelled samples. */
export interface Classified {
  /** The class of each sample. */
  actual: ArrayLike<number>;
  /** `confusion[actual][predicted]` */
  confusion: readonly (readonly number[])[];
  /** One probability a class, row-major. */
  probabilities: ArrayLike<number>;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Sokolova & Lapalme 2009. A class that is never predicted has precision 0. */
export function classificationScores({ actual, confusion, probabilities }: Classified): Score[] {
  const classes = confusion.length;
  const samples = actual.length;
  if (samples === 0) return [];
  const right = confusion.map((row, at) => row[at] ?? 0);
  const truly = confusion.map((row) => row.reduce((a, b) => a + b, 0));
  const said = confusion.map((_, at) => confusion.reduce((sum, row) => sum + (row[at] ?? 0), 0));
  const each = confusion.map((_, at) => {
    const [hits, of, told] = [right[at] ?? 0, truly[at] ?? 0, said[at] ?? 0];
    return {
      precision: ratio(hits, told),
      recall: ratio(hits, of),
      f1: ratio(2 * hits, of + told),
      iou: ratio(hits, of + told - hits),
    };
  });
  const over = classes === 2 ? each.slice(1) : each;
  const of = (key: keyof (typeof each)[number]): number => mean(over.map((scores) => scores[key]));
  const scores: Score[] = [
    {
      name: 'Accuracy',
      value: ratio(
        right.reduce((a, b) => a + b, 0),
        samples,
      ),
      unit: 'share',
    },
    { name: 'Precision', value: of('precision'), unit: 'share' },
    { name: 'Recall', value: of('recall'), unit: 'share' },
    { name: 'F1', value: of('f1'), unit: 'share' },
    { name: 'IoU', value: of('iou'), unit: 'share' },
    { name: 'ROC AUC', value: auc(actual, probabilities, classes), unit: 'share' },
    { name: 'Perplexity', value: perplexity(actual, probabilities, classes), unit: 'number' },
  ];
  for (const k of [3, 5]) {
    if (classes > k)
      scores.push({ name: `Top-${k} accuracy`, value: topK(actual, probabilities, classes, k), unit: 'share' });
  }
  return scores.filter(({ value }) => !Number.isNaN(value));
}

/** e to the mean surprise at the right class: among how many classes the network is as good as guessing. */
function perplexity(actual: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): number {
  let surprise = 0;
  for (let row = 0; row < actual.length; row++) {
    surprise -= Math.log(Math.max(1e-7, probabilities[row * classes + (actual[row] ?? 0)] ?? 0));
  }
  return Math.exp(surprise / actual.length);
}

function topK(actual: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number, k: number): number {
  let hits = 0;
  for (let row = 0; row < actual.length; row++) {
    const wanted = probabilities[row * classes + (actual[row] ?? 0)] ?? 0;
    let above = 0;
    for (let at = 0; at < classes; at++) if ((probabilities[row * classes + at] ?? 0) > wanted) above += 1;
    if (above < k) hits += 1;
  }
  return hits / actual.length;
}

/** The exact area under the ROC curve; of several classes, the mean of each against the rest. */
function auc(actual: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): number {
  const chosen = classes === 2 ? [1] : Array.from({ length: classes }, (_, at) => at);
  const areas = chosen.map((at) => {
    const scores = Array.from({ length: actual.length }, (_, row) => probabilities[row * classes + at] ?? 0);
    return areaUnder(scores, (row) => actual[row] === at);
  });
  return mean(areas.filter((area) => !Number.isNaN(area)));
}

/** The chance that a positive outranks a negative, ties half (Mann & Whitney 1947); no number without both. */
function areaUnder(scores: readonly number[], isPositive: (row: number) => boolean): number {
  const order = scores.map((_, row) => row).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let [positives, ranks] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to += 1;
    // Equal scores share their mean rank, counted from 1.
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) {
      if (!isPositive(order[at] ?? 0)) continue;
      positives += 1;
      ranks += rank;
    }
    from = to;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Of values and their targets, both row-major. */
export function regressionScores(predicted: ArrayLike<number>, target: ArrayLike<number>): Score[] {
  const count = target.length;
  if (count === 0) return [];
  let [sum, absolute, squared] = [0, 0, 0];
  for (let at = 0; at < count; at++) {
    const error = (predicted[at] ?? 0) - (target[at] ?? 0);
    sum += target[at] ?? 0;
    absolute += Math.abs(error);
    squared += error * error;
  }
  const average = sum / count;
  let spread = 0;
  for (let at = 0; at < count; at++) spread += ((target[at] ?? 0) - average) ** 2;
  const scores: Score[] = [
    { name: 'MAE', value: absolute / count, unit: 'number' },
    { name: 'RMSE', value: Math.sqrt(squared / count), unit: 'number' },
  ];
  // Where all targets are equal, no share of their spread can be explained.
  if (spread > 0) scores.push({ name: 'R²', value: 1 - squared / spread, unit: 'number' });
  return scores;
}
