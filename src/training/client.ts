/** The page's side of the training worker: the same commands, the events, and a watch over its life. */
import * as Comlink from 'comlink';
import { readTimings, signatureOf, writeTimings } from './backendMemory';
import type {
  Asked,
  FindRateOptions,
  Probe,
  RateSweep,
  RunEvent,
  StartOptions,
  TrainingCommands,
  WeightBundle,
} from './protocol';

type Worked = TrainingCommands & { listen(to: (event: RunEvent) => void): void; alive(): void };

/** A worker that answers nothing for so long, while it should be between two steps, is taken for dead. */
const SILENCE = 60_000;

export class TrainingClient implements TrainingCommands {
  private worker: Worker | null = null;
  private remote: Comlink.Remote<Worked> | null = null;
  private readonly listeners = new Set<(event: RunEvent) => void>();
  /** Runs and searches that are under way. */
  private busy = 0;
  private watch: ReturnType<typeof setInterval> | undefined;
  private lastHeard = 0;
  private signature: string | null = null;
  /** Its memory or its GPU failed it: the next run gets another worker. */
  private spoilt = false;
  /** Ends commands that a dead worker will never answer. */
  private abandon: (reason: Error) => void = () => undefined;
  private death = new Promise<never>(() => undefined);

  /** Gives the way to stop listening. */
  onEvent(listener: (event: RunEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async start(options: StartOptions): Promise<void> {
    if (this.spoilt) this.discard();
    const remote = await this.connected();
    try {
      await this.watched(() => remote.start(this.remembering(options)));
    } catch (error) {
      // A death has been told as a failure.
      if (this.remote === remote) throw error;
    }
  }

  /** Long work, with a watch over the worker's life. */
  private async watched<T>(work: () => Promise<T>): Promise<T> {
    this.busy += 1;
    this.keepWatch();
    try {
      return await Promise.race([work(), this.death]);
    } finally {
      this.busy -= 1;
      if (this.busy === 0) clearInterval(this.watch);
    }
  }

  /** With what Auto found for the network before. */
  private remembering<T extends StartOptions | FindRateOptions>(options: T): T {
    this.signature = options.backend === 'auto' ? signatureOf(options.document) : null;
    const remembered = this.signature === null ? undefined : readTimings(this.signature);
    return { ...options, ...(remembered && { remembered }) };
  }

  warm = (): Promise<void> => this.ask((remote) => remote.warm());
  pause = (): Promise<void> => this.ask((remote) => remote.pause());
  resume = (): Promise<void> => this.ask((remote) => remote.resume());
  step = (): Promise<void> => this.ask((remote) => remote.step());
  stop = (): Promise<void> => this.ask((remote) => remote.stop());
  findRate = (options: FindRateOptions): Promise<RateSweep> =>
    this.ask((remote) => this.watched(() => remote.findRate(this.remembering(options))));
  load = (options: Parameters<TrainingCommands['load']>[0]): Promise<void> =>
    this.ask((remote) => remote.load(options));
  probe = (): Promise<Probe> => this.ask((remote) => remote.probe());
  predict = (input: Asked): Promise<number[]> => this.ask((remote) => remote.predict(input));
  weights = (): Promise<WeightBundle> => this.ask((remote) => remote.weights());

  private async ask<T>(command: (remote: Comlink.Remote<Worked>) => Promise<T>): Promise<T> {
    const remote = await this.connected();
    return Promise.race([command(remote), this.death]);
  }

  private async connected(): Promise<Comlink.Remote<Worked>> {
    if (this.remote) return this.remote;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'training' });
    this.worker = worker;
    this.death = new Promise<never>((_, reject) => {
      this.abandon = reject;
    });
    this.death.catch(() => undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      this.die(event.message || 'it could not be loaded');
    };
    const remote = Comlink.wrap<Worked>(worker);
    this.remote = remote;
    await Promise.race([remote.listen(Comlink.proxy((event) => this.hear(event))), this.death]);
    return remote;
  }

  private hear(event: RunEvent): void {
    this.lastHeard = performance.now();
    if (event.type === 'backend' && this.signature !== null && event.timings.length > 0) {
      const { backend, threads, timings } = event;
      writeTimings(this.signature, { backend, threads, timings });
    }
    if (event.type === 'failure') this.spoilt = event.code === 'memory' || event.code === 'backend';
    this.tell(event);
  }

  private tell(event: RunEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Asks for a sign of life now and then: a worker killed by the browser says nothing at all. */
  private keepWatch(): void {
    clearInterval(this.watch);
    this.lastHeard = performance.now();
    this.watch = setInterval(() => {
      this.remote?.alive().then(
        () => {
          this.lastHeard = performance.now();
        },
        () => undefined,
      );
      if (this.busy > 0 && performance.now() - this.lastHeard > SILENCE) this.die('it stopped answering');
    }, 5000);
  }

  private die(reason: string): void {
    const message = `The training process ended unexpectedly (${reason}).`;
    const { abandon } = this;
    const running = this.busy > 0;
    this.discard();
    if (running) {
      const next = 'Go on from the last checkpoint, or choose another backend and train again.';
      this.tell({ type: 'failure', code: 'worker', message, next });
      this.tell({ type: 'status', status: 'failed' });
    }
    abandon(new Error(message));
  }

  /** The next command starts a new worker. */
  private discard(): void {
    this.worker?.terminate();
    this.worker = null;
    this.remote = null;
    this.spoilt = false;
    clearInterval(this.watch);
  }
}
