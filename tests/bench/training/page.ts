/** Times training steps of LeNet-5; each page load measures one way of computing them, chosen by the address. */
import type { Backend } from '@/engine';

const BATCH = 64;

/** Steps after the first two, which compile and fill caches. */
const MOST_STEPS = 40;
const MOST_TIME = 8000;

export interface Measured {
  median: number;
  steps: number;
  threads: number;
}

/** A step, with its loss read back. */
export type Step = () => Promise<number>;

declare global {
  interface Window {
    measured: Promise<Measured>;
  }
}

async function measure(): Promise<Measured> {
  const address = new URLSearchParams(location.search);
  const backend = address.get('backend') as Backend;
  const images = Float32Array.from({ length: BATCH * 784 }, (_, at) => ((at * 7919) % 256) / 255);
  const labels = Int32Array.from({ length: BATCH }, (_, at) => at % 10);
  const { prepare } = address.has('stock') ? await import('./stock') : await import('./ours');
  const { step, threads } = await prepare(backend, images, labels, address.has('alone'));
  const times: number[] = [];
  const began = performance.now();
  for (let count = 0; count < MOST_STEPS + 2; count++) {
    const start = performance.now();
    const loss = await step();
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
    times.push(performance.now() - start);
    if (count >= 4 && performance.now() - began > MOST_TIME) break;
  }
  const warm = times.slice(2).sort((a, b) => a - b);
  return { median: warm[Math.floor(warm.length / 2)] ?? Number.NaN, steps: warm.length, threads };
}

window.measured = measure();
