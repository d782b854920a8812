import { type Backend, prepareBackends, shareWork, startBackend, threadsInUse } from '@/engine';
import { WASM_FILES } from '@/engine/wasmFiles';
import { medianOf } from '../steps/measure';
import type { NetworkName } from '../steps/networks';
import { preparedStep } from '../steps/ours';
import { kernelsOf } from './kernels';
import type { Measured } from './page';

export interface Wanted {
  network: NetworkName;
  backend: Backend;
  /** With one thread. */
  alone: boolean;
  /** Count kernels instead. */
  kernels?: boolean;
}

async function measure({ network, backend, alone, kernels }: Wanted): Promise<Measured> {
  prepareBackends(WASM_FILES);
  await startBackend(backend);
  shareWork(!alone);
  const step = await preparedStep(network);
  return { median: await medianOf(step), threads: threadsInUse(), ...(kernels && { kernels: await kernelsOf(step) }) };
}

self.onmessage = ({ data }: MessageEvent<Wanted>) =>
  measure(data).then(postMessage, (error: unknown) => postMessage(String(error)));
