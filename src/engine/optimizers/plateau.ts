import type { Schedule } from '@/document';

type Settings = Extract<Schedule, { type: 'plateau' }>;

/** Lowers the learning rate when the loss no longer falls: Keras's ReduceLROnPlateau. */
export class Plateau {
  /** The share of the learning rate that is left. */
  scale = 1;
  private best = Number.POSITIVE_INFINITY;
  private waited = 0;

  constructor(private readonly settings: Settings) {}

  /** @param loss of the epoch that ended: validation's where there is one */
  look(loss: number): void {
    const { minDelta, patience, factor, lowest } = this.settings;
    if (loss < this.best - minDelta) {
      this.best = loss;
      this.waited = 0;
      return;
    }
    this.waited += 1;
    if (this.waited < patience) return;
    this.waited = 0;
    this.scale = Math.max(lowest, this.scale * factor);
  }

  /** All it knows, to be stored. */
  get state(): [scale: number, best: number, waited: number] {
    return [this.scale, this.best, this.waited];
  }

  set state([scale, best, waited]: readonly [number, number, number]) {
    [this.scale, this.best, this.waited] = [scale, best, waited];
  }
}
