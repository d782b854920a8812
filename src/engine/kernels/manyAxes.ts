/**
 * XNNPACK adds, multiplies and so on over six axes at most; beyond that the stock kernels print a word of it and
 * give garbage. Neighbouring axes that stretch alike are one axis as well.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { inputOf } from './attributes';
import { replaceKernel, wasmKernel } from './replace';

const NAMES = ['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'SquaredDifference'];

const MOST_AXES = 6;

export function registerManyAxes(): void {
  for (const name of NAMES) {
    const stock = wasmKernel(name);
    if (!stock) continue;
    replaceKernel(name, (call) => {
      const [a, b] = [inputOf(call, 'a'), inputOf(call, 'b')];
      if (Math.max(a.shape.length, b.shape.length) <= MOST_AXES) return stock.kernelFunc(call);
      const merged = mergeAxes(a.shape, b.shape);
      const seen = (tensor: TensorInfo, shape: number[]): TensorInfo => ({ ...infoOf(tensor), shape });
      const inputs = { a: seen(a, merged.a), b: seen(b, merged.b) };
      const result = stock.kernelFunc({ ...call, inputs }) as TensorInfo;
      return { ...infoOf(result), shape: merged.whole };
    });
  }
}

const infoOf = ({ dataId, shape, dtype }: TensorInfo): TensorInfo => ({ dataId, shape, dtype });

/** Two shapes that stretch to a common one, with as few axes as say the same; and the common shape. */
function mergeAxes(a: readonly number[], b: readonly number[]): { a: number[]; b: number[]; whole: number[] } {
  const rank = Math.max(a.length, b.length);
  const sizeAt = (shape: readonly number[], axis: number): number => shape[axis - (rank - shape.length)] ?? 1;
  const merged: { a: number[]; b: number[]; whole: number[] } = { a: [], b: [], whole: [] };
  let before = '';
  for (let axis = 0; axis < rank; axis++) {
    const [x, y] = [sizeAt(a, axis), sizeAt(b, axis)];
    merged.whole.push(x === 1 ? y : x);
    if (x === 1 && y === 1) continue;
    const kind = x === y ? 'same' : x === 1 ? 'first' : 'second';
    if (kind === before) {
      merged.a.push((merged.a.pop() ?? 1) * x);
      merged.b.push((merged.b.pop() ?? 1) * y);
    } else {
      merged.a.push(x);
      merged.b.push(y);
    }
    before = kind;
  }
  return merged;
}
