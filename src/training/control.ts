/** Pause, resume, step and stop, as the training loop sees them. */
export class RunControl {
  private state: 'running' | 'paused' | 'stopped' = 'running';
  private single = false;
  private wake: (() => void) | null = null;

  get paused(): boolean {
    return this.state === 'paused';
  }

  get stopped(): boolean {
    return this.state === 'stopped';
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
    this.notify();
  }

  /**
   * Waits while paused; true when the next batch may run, false once stopped.
   * @param onPause called each time the loop comes to rest
   */
  async mayGoOn(onPause: () => Promise<void>): Promise<boolean> {
    while (this.state === 'paused') {
      if (this.single) {
        this.single = false;
        return true;
      }
      await onPause();
      if (this.state === 'paused' && !this.single) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    }
    return this.state === 'running';
  }

  private notify(): void {
    this.wake?.();
    this.wake = null;
  }
}
