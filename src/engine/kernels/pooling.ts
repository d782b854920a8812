/**
 * The gradient of max pooling. The stock kernel begins its search for the largest value at the smallest
 * positive float, and so finds nothing in a window without positive values; over an input shifted above zero
 * it finds the same place it should have.
 */
import { add, min, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { replaceKernel, wasmKernel } from './replace';

export function correctMaxPoolGradient(): void {
  const stock = wasmKernel('MaxPoolGrad');
  if (!stock) return;
  replaceKernel('MaxPoolGrad', (call) => {
    const input = call.inputs.input as unknown as Tensor;
    const shifted = tidy(() => add(sub(input, min(input)), 1));
    const gradient = stock.kernelFunc({ ...call, inputs: { ...call.inputs, input: shifted } });
    shifted.dispose();
    return gradient;
  });
}
