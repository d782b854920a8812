import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

type Kernel = Parameters<typeof registerKernel>[0];
type Call = Parameters<KernelFunc>[0];

export type { Call };

/** The kernel as it stands, to be wrapped. */
export const stockKernel = (name: string, backend: string): Kernel | undefined => getKernel(name, backend);

export const wasmKernel = (name: string): Kernel | undefined => stockKernel(name, 'wasm');

/**
 * Registers a kernel (of WebAssembly, unless it is said) in place of the stock one, or where there is none. The stock
 * set-up stays: it binds the compiled functions that a wrapped kernel still calls.
 */
export function replaceKernel(kernelName: string, kernelFunc: KernelFunc, backendName = 'wasm'): void {
  const stock = stockKernel(kernelName, backendName);
  if (stock) unregisterKernel(kernelName, backendName);
  registerKernel({ ...stock, kernelName, backendName, kernelFunc });
}
