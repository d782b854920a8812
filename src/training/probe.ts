/** What a network says of the validation samples, batch by batch: its scores, and samples worth looking at. */
import type { CompiledLoss, CompiledNetwork } from '@/compiler';
import { type Column, type Dataset, type TextTask, textTask } from '@/datasets';
import { predictedClass, toProbabilities } from '@/engine';
import type { Probe } from './protocol';
import { ClassScores, NumberScores } from './scores';
import { imageOf, textOf } from './shown';

const MOST_SAMPLES = 60;

export const EMPTY_PROBE: Omit<Probe, 'epoch'> = {
  classes: null,
  confusion: null,
  scores: [],
  samples: [],
  sequences: [],
  task: null,
};

/** A sample, and how much it deserves to be looked at: the least first. */
interface Ranked {
  rank: number;
  index: number;
}

interface RankedAnswer extends Ranked {
  actual: number;
  predicted: number;
  probabilities: number[];
}

/** The classes of the steps of a text that are judged. */
interface RankedSteps extends Ranked {
  actual: number[];
  predicted: number[];
}

/** The few that deserve it most. Sorts in place. */
const worthiest = <R extends Ranked>(ranked: R[]): R[] =>
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, MOST_SAMPLES);

/** Adds one, and lets go of those that cannot be shown any more. */
function keep<R extends Ranked>(ranked: R[], one: R): R[] {
  ranked.push(one);
  return ranked.length > 8 * MOST_SAMPLES ? worthiest(ranked) : ranked;
}

export class Prober {
  private readonly column: Column | undefined;
  private readonly classes: readonly string[] | undefined;
  private readonly byClass: ClassScores | null;
  private readonly byNumber = new NumberScores();
  private answers: RankedAnswer[] = [];
  private steps: RankedSteps[] = [];
  private readonly task: TextTask['kind'] | null;

  /** @param loss whose answers are judged; null where there is none to judge */
  constructor(
    private readonly network: CompiledNetwork,
    private readonly loss: CompiledLoss | null,
    private readonly dataset: Dataset,
  ) {
    this.column = loss && 'field' in loss.target ? dataset.columns[loss.target.field] : undefined;
    this.classes = this.column?.spec.classes;
    this.byClass = this.classes ? new ClassScores(this.classes.length) : null;
    const fields = Object.fromEntries(Object.entries(dataset.columns).map(([name, { spec }]) => [name, spec]));
    const target = loss && 'field' in loss.target ? textTask(fields, loss.target.field) : null;
    this.task = target && network.inputs.some(({ field }) => field === target.text) ? target.kind : null;
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
    const masked = (at: number): boolean =>
      mask !== null && mask[Math.floor((at * mask.length) / (indices.length * places))] === 0;
    for (const [row, index] of indices.entries()) {
      const steps: RankedSteps = { rank: 0, index, actual: [], predicted: [] };
      for (let place = 0; place < places; place++) {
        const at = row * places + place;
        if (masked(at)) continue;
        const target = (data[index * places + place] ?? 0) * scale;
        if (!this.byClass) {
          this.byNumber.add(outputs[at] ?? 0, target);
          continue;
        }
        const actual = Math.round(target);
        const predicted = this.judge(loss, index, actual, outputs.subarray(at * width, (at + 1) * width), places === 1);
        steps.actual.push(actual);
        steps.predicted.push(predicted);
      }
      if (this.task && this.task !== 'label') this.notice(steps);
    }
  }

  /** @returns the class that was said */
  private judge(loss: CompiledLoss, index: number, actual: number, raw: Float32Array, whole: boolean): number {
    const probabilities = toProbabilities(loss, raw);
    const predicted = predictedClass(loss, raw, 0, raw.length);
    this.byClass?.add(actual, predicted, probabilities);
    if (!whole) return predicted;
    const certainty = probabilities[predicted] ?? 0;
    // Wrong ones first, the surest of them on top; then right ones, the least sure on top.
    const rank = actual === predicted ? 1 + certainty : -certainty;
    this.answers = keep(this.answers, { rank, index, actual, predicted, probabilities });
    return predicted;
  }

  /** Those with most mistakes first. */
  private notice(steps: RankedSteps): void {
    const wrong = steps.actual.filter((actual, at) => actual !== steps.predicted[at]).length;
    this.steps = keep(this.steps, { ...steps, rank: -wrong });
  }

  /** The share of right answers; null where answers are no classes. */
  get accuracy(): number | null {
    return this.byClass?.accuracy ?? null;
  }

  probe(epoch: number): Probe {
    const { network, dataset } = this;
    if (!this.column) return { epoch, ...EMPTY_PROBE };
    if (!this.byClass || !this.classes) return { epoch, ...EMPTY_PROBE, scores: this.byNumber.scores };
    return {
      epoch,
      classes: this.classes,
      confusion: this.byClass.confusion,
      scores: this.byClass.scores,
      samples: worthiest(this.answers).map(({ rank: _, ...answer }) => ({
        ...answer,
        image: imageOf(network, dataset, answer.index),
        text: textOf(network, dataset, answer.index),
      })),
      sequences: worthiest(this.steps).flatMap(({ rank: _, ...steps }) => {
        const text = textOf(network, dataset, steps.index);
        return text ? [{ ...steps, text }] : [];
      }),
      task: this.task,
    };
  }
}
