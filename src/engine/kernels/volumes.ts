/**
 * WebGL and WebGPU pad and cut tensors of at most four axes; for more, shaders do not compile or give garbage. One axis
 * after the other, with those before it and those behind it taken together, they have three.
 */
import { pad, reshape, slice, type Tensor, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import { inputOf } from './attributes';
import { replaceKernel, stockKernel } from './replace';

const MOST_AXES = 4;

export function registerVolumes(backend: string): void {
  if (backend !== 'webgl' && backend !== 'webgpu') return;
  register(backend, 'PadV2', (x, attributes) => {
    const { paddings, constantValue } = attributes as { paddings: [number, number][]; constantValue: number };
    return axisByAxis(x, (part, axis) => {
      const [before, after] = paddings[axis] ?? [0, 0];
      return before + after === 0
        ? part
        : pad(
            part,
            [
              [0, 0],
              [before, after],
              [0, 0],
            ],
            constantValue,
          );
    });
  });
  register(backend, 'Slice', (x, attributes) => {
    const { begin, size } = attributes as { begin: number | number[]; size: number | number[] };
    const at = (list: number | number[], axis: number, rest: number): number =>
      typeof list === 'number' ? (axis === 0 ? list : rest) : (list[axis] ?? rest);
    return axisByAxis(x, (part, axis) => {
      const [, whole] = part.shape;
      const from = at(begin, axis, 0);
      const asked = at(size, axis, -1);
      const length = asked === -1 ? whole - from : asked;
      return length === whole ? part : slice(part, [0, from, 0], [part.shape[0], length, part.shape[2]]);
    });
  });
}

function register(backend: string, name: string, compute: (x: Tensor, attributes: unknown) => Tensor): void {
  const stock = stockKernel(name, backend);
  if (!stock) return;
  replaceKernel(
    name,
    (call) => {
      const x = inputOf(call, 'x') as Tensor;
      return x.shape.length <= MOST_AXES ? stock.kernelFunc(call) : tidy(() => compute(x, call.attrs));
    },
    backend,
  );
}

/** @param change what becomes of an axis of a tensor [those before, this one, those behind] */
function axisByAxis(x: Tensor, change: (part: Tensor3D, axis: number) => Tensor3D): Tensor {
  const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  return x.shape.reduce((whole, length, axis) => {
    const [before, behind] = [whole.shape.slice(0, axis), whole.shape.slice(axis + 1)];
    const changed = change(reshape(whole, [size(before), length, size(behind)]) as Tensor3D, axis);
    return reshape(changed, [...before, changed.shape[1], ...behind]);
  }, x);
}
