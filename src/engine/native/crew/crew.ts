/** Helpers of the training worker, each in a worker of its own. */
import { Control, controlBytes } from './control';
import type { HelperStart } from './helper';

/** Milliseconds within which a helper has to be ready. */
const PATIENCE = 5000;

export class Crew {
  private constructor(
    readonly control: Control,
    /** How many there are. */
    readonly helpers: number,
  ) {}

  /** @returns null where a helper does not start */
  static async gather(helpers: number, module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Crew | null> {
    const control = new SharedArrayBuffer(controlBytes);
    const workers: Worker[] = [];
    try {
      const starts = Array.from({ length: helpers }, (_, at) => {
        const worker = new Worker(new URL('./helper.ts', import.meta.url), { type: 'module', name: 'helper' });
        workers.push(worker);
        return ready(worker, { module, memory, control, lane: at + 1 });
      });
      await Promise.all(starts);
      return new Crew(new Control(control), helpers);
    } catch {
      for (const worker of workers) worker.terminate();
      return null;
    }
  }
}

async function ready(worker: Worker, start: HelperStart): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('a helper did not start in time')), PATIENCE);
      worker.onmessage = () => resolve();
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.postMessage(start);
    });
  } finally {
    clearTimeout(timer);
  }
}
