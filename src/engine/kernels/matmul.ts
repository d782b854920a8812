/**
 * Matrix products with transposed operands: every backward pass of a dense layer. The stock kernel
 * multiplies them in a scalar loop, about fifty times slower than XNNPACK, which it uses only for a single
 * untransposed product; so the operand is transposed first.
 */
import { engine, type Tensor, util } from '@tensorflow/tfjs-core';
import { replaceKernel, wasmKernel } from './replace';

const transposed = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, axis) => axis);
  const last = axes.length - 1;
  [axes[last - 1], axes[last]] = [last, last - 1];
  return engine().runKernel('Transpose', { x }, { perm: axes }) as Tensor;
};

export function registerMatMul(): void {
  const stock = wasmKernel('BatchMatMul');
  if (!stock) return;
  replaceKernel('BatchMatMul', (call) => {
    const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean };
    const [a, b] = [call.inputs.a as unknown as Tensor, call.inputs.b as unknown as Tensor];
    const products = util.sizeFromShape(a.shape.slice(0, -2)) * util.sizeFromShape(b.shape.slice(0, -2));
    if (products !== 1 || (!transposeA && !transposeB)) return stock.kernelFunc(call);
    const left = transposeA ? transposed(a) : a;
    const right = transposeB ? transposed(b) : b;
    const attrs = { transposeA: false, transposeB: false };
    const product = stock.kernelFunc({ ...call, inputs: { a: left, b: right }, attrs });
    if (left !== a) left.dispose();
    if (right !== b) right.dispose();
    return product;
  });
}
