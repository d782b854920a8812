/** How many threads WebAssembly may use. */
import { env } from '@tensorflow/tfjs-core';

/** More than this a step cannot make use of. */
const MOST = 8;

const hardwareThreads = (): number => (typeof navigator === 'undefined' ? 1 : (navigator.hardwareConcurrency ?? 1));

/** All of a small machine's; of a larger one half, which mostly is what it has of whole processors. */
export function threadsWanted(): number {
  const there = hardwareThreads();
  return Math.max(1, Math.min(MOST, there <= 4 ? there : Math.ceil(there / 2)));
}

/**
 * Memory that threads can share is asked for only where they would help, and where the page may have it (it must be
 * cross-origin isolated). Before the backend is first set.
 */
export async function decideOnThreads(): Promise<void> {
  const shared = threadsWanted() > 1 && (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'));
  if (!shared) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
}
