/** A tensor's values where they lie, on the backends whose memory is the program's own. */
import { engine, getBackend, type Tensor, tensor, util } from '@tensorflow/tfjs-core';

interface WasmMemory {
  makeOutput(shape: number[], dtype: 'float32'): { shape: number[]; dtype: 'float32'; dataId: object };
  typedArrayFromHeap(info: { shape: number[]; dtype: 'float32'; dataId: object }): Float32Array;
}

interface CpuMemory {
  readSync(dataId: object): Float32Array;
}

/**
 * A view of a float32 tensor's values, or null on a GPU. Good until the next allocation: WebAssembly memory
 * may move when it grows.
 */
export function valuesInPlace({ shape, dataId }: Tensor): Float32Array | null {
  const backend: unknown = engine().backend;
  if (getBackend() === 'wasm') return (backend as WasmMemory).typedArrayFromHeap({ shape, dtype: 'float32', dataId });
  if (getBackend() === 'cpu') return (backend as CpuMemory).readSync(dataId);
  return null;
}

/** Whether values can be read and written where they lie, so that one loop over them takes many operations' place. */
export const inReach = (): boolean => getBackend() === 'wasm' || getBackend() === 'cpu';

/** A float32 tensor to be written in place. What it holds at first is not told. */
export function unwritten(shape: number[]): Tensor {
  if (getBackend() === 'cpu') return tensor(new Float32Array(util.sizeFromShape(shape)), shape);
  const backend = engine().backend as unknown as WasmMemory;
  return engine().makeTensorFromTensorInfo(backend.makeOutput(shape, 'float32'));
}

/** A tensor to be written in place that begins with these values; they are its own from now on. */
export const written = (values: Float32Array, shape: number[]): Tensor => tensor(values, shape);

/** `valuesInPlace`, where they are known to be in reach. @throws Error where they are not */
export function valuesOf(x: Tensor): Float32Array {
  const values = valuesInPlace(x);
  if (!values) throw new Error(`values are out of reach on ${getBackend()}`);
  return values;
}
