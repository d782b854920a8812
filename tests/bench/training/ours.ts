import { type Backend, prepareBackends, shareWork, startBackend, threadsInUse } from '@/engine';
import { WASM_FILES } from '@/engine/wasmFiles';
import { medianOf } from '../steps/measure';
import type { NetworkName } from '../steps/networks';
import { preparedStep } from '../steps/ours';
import type { Measured } from './page';

export interface Wanted {
  network: NetworkName;
  backend: Backend;
  /** With one thread. */
  alone: boolean;
}

async function measure({ network, backend, alone }: Wanted): Promise<Measured> {
  prepareBackends(WASM_FILES);
  await startBackend(backend);
  shareWork(!alone);
  return { median: await medianOf(await preparedStep(network)), threads: threadsInUse() };
}

self.onmessage = ({ data }: MessageEvent<Wanted>) =>
  measure(data).then(postMessage, (error: unknown) => postMessage(String(error)));
