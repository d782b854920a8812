/**
 * Sums over axes that are not the last (a bias's gradient, batch statistics, global pooling) and over
 * segments. The stock kernel transposes the whole tensor first to bring the axes to the end; one pass
 * in the order of memory, by our own WebAssembly, needs no copy.
 */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { columnSums } from '../native/columns';
import { needNative } from '../native/module';
import { inputOf } from './attributes';
import { floatsOf, indicesOf, outputFor } from './heap';
import { type Call, replaceKernel, wasmKernel } from './replace';

export function registerSums(): void {
  replaceReduction('Sum', () => 1);
  replaceReduction('Mean', (count) => 1 / count);
  replaceKernel('UnsortedSegmentSum', segmentSum);
}

/** A run of neighbouring axes: x is [outer, count, inner], and `count` is summed. */
interface Span {
  outer: number;
  count: number;
  inner: number;
}

function spanOf(shape: readonly number[], axes: readonly number[]): Span | null {
  const sorted = [...axes].sort((a, b) => a - b);
  const [first = 0, last = -1] = [sorted[0], sorted.at(-1)];
  if (last - first + 1 !== sorted.length) return null;
  const size = (from: number, to: number): number => util.sizeFromShape(shape.slice(from, to));
  return { outer: size(0, first), count: size(first, last + 1), inner: size(last + 1, shape.length) };
}

function replaceReduction(name: 'Sum' | 'Mean', factor: (count: number) => number): void {
  const stock = wasmKernel(name);
  if (!stock) return;
  replaceKernel(name, (call) => {
    const x = inputOf(call, 'x');
    const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape);
    const span = spanOf(x.shape, axes);
    if (x.dtype !== 'float32' || !span || span.inner === 1) return stock.kernelFunc(call);
    const kept = x.shape.map((size, at) => (axes.includes(at) ? 1 : size));
    const output = outputFor(call, keepDims ? kept : x.shape.filter((_, at) => !axes.includes(at)));
    const { outer, count, inner } = span;
    const matrix = { values: x, rows: outer * count, columns: inner };
    const sums = columnSums(needNative(), matrix, null, outer);
    const by = factor(count);
    const values = floatsOf(call, output);
    for (let at = 0; at < values.length; at++) values[at] = (sums[at] as number) * by;
    return output;
  });
}

/** The gradient of looking rows up in a table; stock tfjs lacks it here. Indices out of range add nothing. */
function segmentSum(call: Call): TensorInfo {
  const [x, ids] = [inputOf(call, 'x'), inputOf(call, 'segmentIds')];
  const { numSegments } = call.attrs as unknown as { numSegments: number };
  const output = outputFor(call, [numSegments, ...x.shape.slice(ids.shape.length)]);
  const [values, segments, sums] = [floatsOf(call, x), indicesOf(call, ids), floatsOf(call, output)];
  const inner = values.length / segments.length;
  sums.fill(0);
  for (const [row, segment] of segments.entries()) {
    if (segment < 0 || segment >= numSegments) continue;
    for (let at = 0; at < inner; at++) {
      const to = segment * inner + at;
      sums[to] = (sums[to] as number) + (values[row * inner + at] as number);
    }
  }
  return output;
}
