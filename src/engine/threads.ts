/** WebAssembly threads: whether they are worth starting, and whether they would start. */
import { env } from '@tensorflow/tfjs-core';

/** The most that tfjs's C++ takes. */
const MOST = 8;

/** A worker that has not answered by then never will. */
const PATIENCE = 3000;

const hardwareThreads = (): number => (typeof navigator === 'undefined' ? 1 : (navigator.hardwareConcurrency ?? 1));

/** tfjs takes at most half of what the machine has. */
export const threadsWanted = (): number => Math.max(1, Math.min(MOST, Math.floor(hardwareThreads() / 2)));

let decided: Promise<void> | null = null;

/**
 * Leaves threads out where they would not help (one alone is slower than none) or not start: tfjs waits for
 * them for ever. Before the backend is first set.
 */
export function decideOnThreads(): Promise<void> {
  decided ??= (async () => {
    if (threadsWanted() > 1 && (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) && (await wouldStart())) return;
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  })();
  return decided;
}

/**
 * tfjs starts each thread as a worker from a blob that loads another blob. A content policy without
 * `blob:` among its script sources refuses the second, and nothing says so.
 */
async function wouldStart(): Promise<boolean> {
  const inner = address('');
  const outer = address(
    `try { importScripts(${JSON.stringify(inner)}); postMessage(true); } catch { postMessage(false); }`,
  );
  let worker: Worker | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const probe = new Worker(outer);
    worker = probe;
    return await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE);
      probe.onmessage = ({ data }) => resolve(data === true);
      probe.onerror = (event) => {
        event.preventDefault();
        resolve(false);
      };
    });
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    worker?.terminate();
    URL.revokeObjectURL(inner);
    URL.revokeObjectURL(outer);
  }
}

const address = (script: string): string => URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
