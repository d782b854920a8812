/** Pause, resume, step and stop, as the training loop sees them. */
export class RunControl {
  private state: 'running' | 'paused' | 'stopped' = 'running';
  private single = false;
  private wake: (() => void) | null = null;
  private readonly abort = new AbortController();

  get paused(): boolean {
    return this.state === 'paused';
  }

  get stopped(): boolean {
    return this.state === 'stopped';
  }

  /** Ends what can be ended from outside, such as a download. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  pause(): void {
    if (this.state === 'running') this.state = 'paused';
  }

  resume(): void {
    if (this.state === 'paused') this.state = 'running';
    this.notify();
  }

  /** Lets one batch through and pauses again. */
  step(): void {
    if (this.state !== 'paused') return;
    this.single = true;
    this.notify();
  }

  stop(): void {
    this.state = 'stopped';
    this.abort.abort();
    this.notify();
  }

  /** Waits while paused; true when the next batch may run, false once stopped. @param onPause called at each rest */
  async mayGoOn(onPause: () => Promise<void>): Promise<boolean> {
    while (this.state === 'paused') {
      if (this.single) {
        this.single = false;
        return true;
      }
      await onPause();
      await this.atRest();
    }
    return this.state === 'running';
  }

  /** As `mayGoOn` for work between batches: a batch that is asked for meanwhile waits for its turn. */
  async mayFinish(onPause: () => Promise<void>): Promise<boolean> {
    while (this.state === 'paused' && !this.single) {
      await onPause();
      await this.atRest();
    }
    return this.state !== 'stopped';
  }

  /** Until something is asked for: at once where it was already. */
  private async atRest(): Promise<void> {
    if (this.state !== 'paused' || this.single) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  private notify(): void {
    this.wake?.();
    this.wake = null;
  }
}
