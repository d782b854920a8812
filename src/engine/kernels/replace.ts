import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

const BACKEND = 'wasm';

type Kernel = Parameters<typeof registerKernel>[0];
type Call = Parameters<KernelFunc>[0];

export type { Call };

/** The kernel as it stands, to be wrapped. */
export const wasmKernel = (name: string): Kernel | undefined => getKernel(name, BACKEND);

/**
 * Registers a WebAssembly kernel in place of the stock one (or where there is none). The stock set-up
 * stays: it binds the compiled functions that a wrapped kernel still calls.
 */
export function replaceKernel(kernelName: string, kernelFunc: KernelFunc): void {
  const stock = wasmKernel(kernelName);
  if (stock) unregisterKernel(kernelName, BACKEND);
  registerKernel({ ...stock, kernelName, backendName: BACKEND, kernelFunc });
}
