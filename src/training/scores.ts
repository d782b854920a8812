/**
 * What a validation comes to, in the measures people ask for. Each is taken over all samples, one after the other, and
 * never averaged over batches; what is kept meanwhile does not grow with the number of samples.
 */
import type { Score } from './protocol';

/** Beyond so many, a table of who is taken for whom is not to be read, and ranks are not kept. */
const MOST_CLASSES = 100;

/** Where the right class may be among the likeliest. */
const TOPS = [3, 5] as const;

/** Probabilities nearer to zero count as this. */
const TINY = 1e-7;

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Of answers that are classes. */
export class ClassScores {
  private counted = 0;
  private right = 0;
  private surprise = 0;
  private readonly among = TOPS.map(() => 0);
  /** `actual × classes + predicted` */
  private readonly table: Uint32Array | null;
  private readonly hits: Uint32Array;
  private readonly truly: Uint32Array;
  private readonly said: Uint32Array;
  private readonly ranks: Ranks[];
  /** Whether what was given were probabilities; scores of another kind have no perplexity and no place among odds. */
  private probable = true;

  constructor(private readonly classes: number) {
    this.table = classes <= MOST_CLASSES ? new Uint32Array(classes * classes) : null;
    [this.hits, this.truly, this.said] = [0, 1, 2].map(() => new Uint32Array(classes)) as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    // Of two classes, one says all.
    const ranked = classes === 2 ? 1 : classes <= MOST_CLASSES ? classes : 0;
    this.ranks = Array.from({ length: ranked }, () => new Ranks());
  }

  /** @param shares the probability of each class */
  add(actual: number, predicted: number, shares: ArrayLike<number>): void {
    this.counted += 1;
    if (actual === predicted) this.right += 1;
    if (this.table) this.table[actual * this.classes + predicted] = this.cell(actual, predicted) + 1;
    for (const [counts, at] of [
      [this.truly, actual],
      [this.said, predicted],
      ...(actual === predicted ? ([[this.hits, actual]] as const) : []),
    ] as const) {
      counts[at] = (counts[at] ?? 0) + 1;
    }
    const share = shares[actual] ?? Number.NaN;
    this.surprise -= Math.log(Math.max(TINY, share));
    let above = 0;
    for (let at = 0; at < this.classes; at++) {
      const other = shares[at] ?? Number.NaN;
      if (other > share) above += 1;
      if (!(other >= 0 && other <= 1)) this.probable = false;
    }
    for (const [at, top] of TOPS.entries()) if (above < top) this.among[at] = (this.among[at] ?? 0) + 1;
    const first = this.ranks.length === 1 ? 1 : 0;
    for (const [at, ranks] of this.ranks.entries()) ranks.add(shares[at + first] ?? 0, actual === at + first);
  }

  private cell(actual: number, predicted: number): number {
    return this.table?.[actual * this.classes + predicted] ?? 0;
  }

  /** `[actual][predicted]`; null where there are too many classes to show. */
  get confusion(): number[][] | null {
    const { table, classes } = this;
    return (
      table && Array.from({ length: classes }, (_, row) => Array.from(table.slice(row * classes, (row + 1) * classes)))
    );
  }

  get accuracy(): number | null {
    return this.counted === 0 ? null : this.right / this.counted;
  }

  /**
   * Sokolova & Lapalme 2009. With two classes, those of the second. With more, means over the classes that occur, each
   * counting alike (macro) or as often as it occurs (weighted). A class that is never predicted has precision 0.
   */
  get scores(): Score[] {
    if (this.counted === 0) return [];
    const two = this.classes === 2;
    const each = Array.from(this.truly, (truly, at) => {
      const [hits, said] = [this.hits[at] ?? 0, this.said[at] ?? 0];
      return {
        truly,
        said,
        precision: ratio(hits, said),
        recall: ratio(hits, truly),
        f1: ratio(2 * hits, truly + said),
        iou: ratio(hits, truly + said - hits),
      };
    });
    const over = two ? each.slice(1) : each.filter(({ truly, said }) => truly + said > 0);
    const macro = (key: 'precision' | 'recall' | 'f1' | 'iou'): number => mean(over.map((scores) => scores[key]));
    const weighted = over.reduce((sum, { f1, truly }) => sum + f1 * truly, 0) / this.counted;
    const named = (name: string): string => (two ? name : `${name} (macro)`);
    const share = (name: string, value: number): Score => ({ name, value, unit: 'share' });
    const scores: Score[] = [
      share('Accuracy', this.right / this.counted),
      ...TOPS.flatMap((top, at) =>
        this.classes > top ? [share(`Top-${top} accuracy`, (this.among[at] ?? 0) / this.counted)] : [],
      ),
      share(named('Precision'), macro('precision')),
      share(named('Recall'), macro('recall')),
      share(named('F1'), macro('f1')),
      ...(two ? [] : [share('F1 (weighted)', weighted)]),
      share(two ? 'IoU' : 'Mean IoU', macro('iou')),
    ];
    if (!this.probable) return scores;
    const areas = this.ranks.map((ranks) => ranks.area).filter((area) => !Number.isNaN(area));
    if (areas.length > 0) scores.push(share(named('ROC AUC'), mean(areas)));
    scores.push({ name: 'Perplexity', value: Math.exp(this.surprise / this.counted), unit: 'number' });
    return scores;
  }
}

/** Bins of equal width in log-odds, from −16 to 16: between them all that float32 tells apart in the middle. */
const BINS = 8192;
const REACH = 16;

/** How a probability ranks those of a class before the others. */
class Ranks {
  private readonly positives = new Uint32Array(BINS);
  private readonly negatives = new Uint32Array(BINS);

  add(share: number, positive: boolean): void {
    const odds = Math.log(share / (1 - share));
    const place = Math.floor(((odds + REACH) / (2 * REACH)) * BINS);
    const at = Math.max(0, Math.min(BINS - 1, place || 0));
    const counts = positive ? this.positives : this.negatives;
    counts[at] = (counts[at] ?? 0) + 1;
  }

  /** The chance that a positive outranks a negative, ties half (Mann & Whitney 1947); no number without both. */
  get area(): number {
    let [below, pairs, positives] = [0, 0, 0];
    for (let at = 0; at < BINS; at++) {
      const [yes, no] = [this.positives[at] ?? 0, this.negatives[at] ?? 0];
      pairs += yes * (below + no / 2);
      below += no;
      positives += yes;
    }
    return positives === 0 || below === 0 ? Number.NaN : pairs / (positives * below);
  }
}

/** Of answers that are numbers. */
export class NumberScores {
  private count = 0;
  private absolute = 0;
  private squared = 0;
  private average = 0;
  private spread = 0;

  add(predicted: number, target: number): void {
    const error = predicted - target;
    this.count += 1;
    this.absolute += Math.abs(error);
    this.squared += error * error;
    // Welford 1962: the spread without the difference of two large sums.
    const before = target - this.average;
    this.average += before / this.count;
    this.spread += before * (target - this.average);
  }

  get scores(): Score[] {
    const { count, spread } = this;
    if (count === 0) return [];
    const scores: Score[] = [
      { name: 'MAE', value: this.absolute / count, unit: 'number' },
      { name: 'RMSE', value: Math.sqrt(this.squared / count), unit: 'number' },
    ];
    // Where all targets are equal, no share of their spread can be explained.
    if (spread > 0) scores.push({ name: 'R²', value: 1 - this.squared / spread, unit: 'number' });
    return scores;
  }
}
