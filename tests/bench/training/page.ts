import type { KernelTime } from './kernels';

/** Each load of this page measures one way of computing one network, both chosen by the address, in a worker. */
export interface Measured {
  median: number;
  threads: number;
  kernels?: KernelTime[];
}

declare global {
  interface Window {
    measured: Promise<Measured | string>;
  }
}

const address = new URLSearchParams(location.search);

/** tfjs as it is and as it is here cannot be in one program. */
const worker = address.has('stock')
  ? new Worker(new URL('./stock.ts', import.meta.url), { type: 'module' })
  : new Worker(new URL('./ours.ts', import.meta.url), { type: 'module' });

window.measured = new Promise((resolve) => {
  worker.onmessage = ({ data }: MessageEvent<Measured | string>) => resolve(data);
  worker.onerror = ({ message }) => resolve(message);
});
worker.postMessage({
  network: address.get('network'),
  backend: address.get('backend'),
  alone: address.has('alone'),
  kernels: address.has('kernels'),
});
