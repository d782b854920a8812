/**
 * Matrix products: every dense layer, forwards and backwards. Our own WebAssembly multiplies matrices as they lie, turned
 * or not; the stock kernel does so in a scalar loop, some fifty times slower, wherever it is not one plain product.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { needNative } from '../native/module';
import { multiply } from '../native/products';
import { inputOf } from './attributes';
import { outputFor } from './heap';
import { replaceKernel, wasmKernel } from './replace';

export function registerMatMul(): void {
  const stock = wasmKernel('BatchMatMul');
  if (!stock) return;
  replaceKernel('BatchMatMul', (call) => {
    const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean };
    const [a, b] = [inputOf(call, 'a') as Tensor, inputOf(call, 'b') as Tensor];
    const [batch, other] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    // One of them stretched over the other's batch.
    if (batch.join() !== other.join()) return stock.kernelFunc(call);
    const m = a.shape.at(transposeA ? -1 : -2) ?? 1;
    const n = b.shape.at(transposeB ? -2 : -1) ?? 1;
    const output = outputFor(call, [...batch, m, n]);
    multiply(needNative(), a, b, output, { turnA: transposeA, turnB: transposeB });
    return output;
  });
}
