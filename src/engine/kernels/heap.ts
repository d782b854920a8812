/** The WebAssembly backend's memory, for kernels that are one plain loop over it. */
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { Call } from './replace';

interface Heap {
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

const heapOf = ({ backend }: Call): Heap => backend as unknown as Heap;

/** Memory for a result; it holds whatever was there before. */
export const outputFor = (call: Call, shape: readonly number[], dtype: DataType = 'float32'): TensorInfo =>
  heapOf(call).makeOutput(shape, dtype);

/** A view of float32 values. Good until the next allocation, which may move the memory: make outputs first. */
export function floatsOf(call: Call, info: TensorInfo): Float32Array {
  const view = heapOf(call).typedArrayFromHeap(info);
  if (!(view instanceof Float32Array)) throw new TypeError(`expected float32, not ${info.dtype}`);
  return view;
}

/** A view of int32 values, under the same condition. */
export function indicesOf(call: Call, info: TensorInfo): Int32Array {
  const view = heapOf(call).typedArrayFromHeap(info);
  if (!(view instanceof Int32Array)) throw new TypeError(`expected int32, not ${info.dtype}`);
  return view;
}
