/**
 * WebGPU takes whole numbers and truths for float32 without converting what lies in the buffer, and what reads the
 * buffer as it is (transposing, means, maxima, cumulative sums) then fails or reads garbage: tfjs #8638. Arithmetic
 * does convert, so a sum with zero makes them real.
 */
import { add, engine, type Tensor, type TensorInfo, tidy } from '@tensorflow/tfjs-core';
import { inputOf } from './attributes';
import { replaceKernel, stockKernel } from './replace';

const BACKEND = 'webgpu';

export function registerCasts(backend: string): void {
  if (backend !== BACKEND) return;
  const stock = stockKernel('Cast', BACKEND);
  if (!stock) return;
  replaceKernel(
    'Cast',
    (call) => {
      const { dtype } = inputOf(call, 'x') as Tensor;
      const result = stock.kernelFunc(call) as TensorInfo;
      if (result.dtype !== 'float32' || (dtype !== 'int32' && dtype !== 'bool')) return result;
      return tidy(() => add(engine().makeTensorFromTensorInfo(result), 0));
    },
    BACKEND,
  );
}
