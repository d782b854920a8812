/** What a network says of the validation samples, batch by batch: its scores, and samples worth looking at. */
import type { CompiledLoss, CompiledNetwork } from '@/compiler';
import type { Column, Dataset } from '@/datasets';
import { predictedClass, toProbabilities } from '@/engine';
import type { Probe, ProbeSample } from './protocol';
import { ClassScores, NumberScores } from './scores';

const MOST_SAMPLES = 60;

export const EMPTY_PROBE: Omit<Probe, 'epoch'> = { classes: null, confusion: null, scores: [], samples: [] };

/** A sample, and how much it deserves to be looked at: the least first. */
interface Ranked {
  rank: number;
  index: number;
  actual: number;
  predicted: number;
  probabilities: number[];
}

export class Prober {
  private readonly column: Column | undefined;
  private readonly classes: readonly string[] | undefined;
  private readonly byClass: ClassScores | null;
  private readonly byNumber = new NumberScores();
  private ranked: Ranked[] = [];

  /** @param loss whose answers are judged; null where there is none to judge */
  constructor(
    private readonly network: CompiledNetwork,
    private readonly loss: CompiledLoss | null,
    private readonly dataset: Dataset,
  ) {
    this.column = loss && 'field' in loss.target ? dataset.columns[loss.target.field] : undefined;
    this.classes = this.column?.spec.classes;
    this.byClass = this.classes ? new ClassScores(this.classes.length) : null;
  }

  /**
   * @param indices samples, in the order of `outputs`
   * @param outputs the raw outputs of the loss's prediction, row-major
   * @param mask for each place of a sample, 0 where it is padding, which is not judged
   */
  add(indices: Uint32Array, outputs: Float32Array, mask: Float32Array | null): void {
    const { loss, column } = this;
    if (!loss || !column) return;
    const { spec, data, scale } = column;
    const places = spec.shape.reduce((a, b) => a * b, 1);
    const width = outputs.length / (indices.length * places);
    for (const [row, index] of indices.entries()) {
      for (let place = 0; place < places; place++) {
        const at = row * places + place;
        if (mask && mask[Math.floor((at * mask.length) / (indices.length * places))] === 0) continue;
        const target = (data[index * places + place] ?? 0) * scale;
        if (!this.byClass) this.byNumber.add(outputs[at] ?? 0, target);
        else this.judge(loss, index, Math.round(target), outputs.subarray(at * width, (at + 1) * width), places === 1);
      }
    }
  }

  private judge(loss: CompiledLoss, index: number, actual: number, raw: Float32Array, whole: boolean): void {
    const probabilities = toProbabilities(loss, raw);
    const predicted = predictedClass(loss, raw, 0, raw.length);
    this.byClass?.add(actual, predicted, probabilities);
    if (!whole) return;
    const certainty = probabilities[predicted] ?? 0;
    // Wrong ones first, the surest of them on top; then right ones, the least sure on top.
    const rank = actual === predicted ? 1 + certainty : -certainty;
    this.ranked.push({ rank, index, actual, predicted, probabilities });
    if (this.ranked.length > 8 * MOST_SAMPLES) this.ranked = this.worthiest();
  }

  private worthiest(): Ranked[] {
    return this.ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, MOST_SAMPLES);
  }

  /** The share of right answers; null where answers are no classes. */
  get accuracy(): number | null {
    return this.byClass?.accuracy ?? null;
  }

  probe(epoch: number): Probe {
    if (!this.column) return { epoch, ...EMPTY_PROBE };
    if (!this.byClass || !this.classes) return { epoch, ...EMPTY_PROBE, scores: this.byNumber.scores };
    return {
      epoch,
      classes: this.classes,
      confusion: this.byClass.confusion,
      scores: this.byClass.scores,
      samples: this.worthiest().map(({ rank: _, ...sample }) => ({ ...sample, image: this.imageOf(sample.index) })),
    };
  }

  /** The first image the network reads, as bytes. */
  private imageOf(index: number): ProbeSample['image'] {
    const { columns } = this.dataset;
    const field = this.network.inputs.find((input) => columns[input.field]?.spec.kind === 'image')?.field;
    const column = field === undefined ? undefined : columns[field];
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
}
