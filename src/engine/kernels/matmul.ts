/**
 * Matrix products: every dense layer, forwards and backwards. On one thread a loop of our own multiplies matrices as
 * they lie, turned or not. With threads XNNPACK does it, which the stock kernel uses only for a single product of
 * untransposed matrices; all others it multiplies in a scalar loop, some fifty times slower. So there operands are
 * transposed first, and large batches are multiplied matrix by matrix.
 */
import { engine, type Tensor, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Native, native, roomFor } from '../native/module';
import { inputOf } from './attributes';
import { floatsOf, outputFor } from './heap';
import { type Call, replaceKernel, wasmKernel } from './replace';

/** Multiply-adds of one matrix from which XNNPACK pays for its setting up. */
const WORTH_IT = 20_000;

type Multiply = (call: Call, a: TensorInfo, b: TensorInfo) => TensorInfo;

export function registerMatMul(): void {
  const stock = wasmKernel('BatchMatMul');
  if (!stock) return;
  const multiply: Multiply = (call, a, b) =>
    stock.kernelFunc({ ...call, inputs: { a, b }, attrs: { transposeA: false, transposeB: false } }) as TensorInfo;
  replaceKernel('BatchMatMul', (call) => {
    const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean };
    const a: Tensor = inputOf(call, 'a');
    const b: Tensor = inputOf(call, 'b');
    const [left, right] = [batches(a), batches(b)];
    const alone = left === 1 && right === 1;
    const paired = alone || a.shape.slice(0, -2).join() === b.shape.slice(0, -2).join();
    const size = (a.size / left) * (b.shape.at(transposeB ? -2 : -1) ?? 1);
    const floats = a.dtype === 'float32' && b.dtype === 'float32';
    const ours = paired && floats ? native() : null;
    if (ours && (!ours.shared || (!alone && size < WORTH_IT)))
      return together(call, ours, a, b, transposeA, transposeB);
    if (alone && !transposeA && !transposeB) return stock.kernelFunc(call);
    if (!alone && !(paired && floats && size >= WORTH_IT)) return stock.kernelFunc(call);
    const x = transposeA ? transposed(a) : a;
    const y = transposeB ? transposed(b) : b;
    const product = alone ? multiply(call, x, y) : eachAlone(call, multiply, x, y);
    if (x !== a) x.dispose();
    if (y !== b) y.dispose();
    return product;
  });
}

const batches = ({ shape }: Tensor): number => util.sizeFromShape(shape.slice(0, -2));

function transposed(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  const last = axes.length - 1;
  [axes[last - 1], axes[last]] = [last, last - 1];
  return engine().runKernel('Transpose', { x }, { perm: axes }) as Tensor;
}

/**
 * @param a [B…, M, K]
 * @param b [B…, K, N]
 * @returns [B…, M, N]
 */
function eachAlone(call: Call, multiply: Multiply, a: Tensor, b: Tensor): TensorInfo {
  const output = outputFor(call, [...a.shape.slice(0, -1), b.shape.at(-1) ?? 1]);
  const count = batches(a);
  for (let at = 0; at < count; at++) {
    const [x, y] = [matrix(call, a, at), matrix(call, b, at)];
    const product = engine().makeTensorFromTensorInfo(multiply(call, x, y));
    floatsOf(call, output).set(floatsOf(call, product), at * product.size);
    x.dispose();
    y.dispose();
    product.dispose();
  }
  return output;
}

/** [B…, M, K]·[B…, K, N], either turned or not. */
function together(call: Call, ours: Native, a: Tensor, b: Tensor, turnA: boolean, turnB: boolean): TensorInfo {
  const [rows = 1, columns = 1] = a.shape.slice(-2);
  const [m, k] = turnA ? [columns, rows] : [rows, columns];
  const n = b.shape.at(turnB ? -2 : -1) ?? 1;
  const output = outputFor(call, [...a.shape.slice(0, -2), m, n]);
  const room = engine().makeTensorFromTensorInfo(outputFor(call, [roomFor(k, n)]));
  const at = (info: TensorInfo): number => floatsOf(call, info).byteOffset;
  ours.multiply(at(a), at(b), at(output), at(room), batches(a), m, k, n, Number(turnA), Number(turnB));
  room.dispose();
  return output;
}

/** A copy of one matrix of a batch, with an identity of its own: XNNPACK knows packed matrices by it. */
function matrix(call: Call, x: Tensor, at: number): Tensor {
  const shape = x.shape.slice(-2);
  const copy = engine().makeTensorFromTensorInfo(outputFor(call, shape));
  floatsOf(call, copy).set(floatsOf(call, x).subarray(at * copy.size, (at + 1) * copy.size));
  return copy;
}
