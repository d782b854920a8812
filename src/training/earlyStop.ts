import type { Training } from '@/document';
import type { Probe, RunState, WeightBundle } from './protocol';

type Settings = NonNullable<Training['stopping']>;

/** Ends a run whose validation loss has not become less for a while, and keeps the best weights: Keras's EarlyStopping. */
export class EarlyStop {
  private best = Number.POSITIVE_INFINITY;
  private waited = 0;
  /** Where it was best, and with which weights. */
  kept: { epoch: number; weights: WeightBundle; probe: Probe } | null = null;

  constructor(private readonly settings: Settings) {}

  /** @returns true where the run should end */
  async look(
    epoch: number,
    loss: number,
    snapshot: () => Promise<{ weights: WeightBundle; probe: Probe }>,
  ): Promise<boolean> {
    const { patience, minDelta, restoreBest } = this.settings;
    if (loss < this.best - minDelta) {
      this.best = loss;
      this.waited = 0;
      if (restoreBest) this.kept = { epoch, ...(await snapshot()) };
      return false;
    }
    this.waited += 1;
    return this.waited >= patience;
  }

  get state(): NonNullable<RunState['watch']> {
    return { best: this.best, waited: this.waited, kept: this.kept };
  }

  set state({ best, waited, kept }: NonNullable<RunState['watch']>) {
    [this.best, this.waited, this.kept] = [best, waited, kept];
  }

  get patience(): number {
    return this.settings.patience;
  }
}
