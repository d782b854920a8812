/** The gradient of padding by mirror images. Stock tfjs gives each value that of its own place alone. */
import {
  add,
  getGradient,
  pad,
  registerGradient,
  reverse,
  slice,
  type Tensor,
  tidy,
  unregisterGradient,
} from '@tensorflow/tfjs-core';

interface Attributes {
  paddings: [before: number, after: number][];
  mode: 'reflect' | 'symmetric';
}

const KERNEL = 'MirrorPad';

export function registerMirrorPadGradient(): void {
  if (getGradient(KERNEL)) unregisterGradient(KERNEL);
  registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => {
      const { paddings, mode } = attributes as unknown as Attributes;
      // The border itself is mirrored once where it is not repeated.
      const gap = mode === 'reflect' ? 1 : 0;
      const fold = (slope: Tensor, axis: number): Tensor =>
        folded(slope, axis, x?.shape[axis] ?? 1, paddings[axis] ?? [0, 0], gap);
      return { x: () => tidy(() => (x?.shape ?? []).reduce((slope, _, axis) => fold(slope, axis), dy as Tensor)) };
    },
  });
}

/** Brings what lies beyond either end of an axis of `size` back to where it was mirrored from. */
function folded(slope: Tensor, axis: number, size: number, [before, after]: [number, number], gap: number): Tensor {
  const part = (from: number, length: number): Tensor =>
    slice(
      slope,
      slope.shape.map((_, at) => (at === axis ? from : 0)),
      slope.shape.map((whole, at) => (at === axis ? length : whole)),
    );
  const placed = (values: Tensor, from: number): Tensor =>
    pad(
      values,
      values.shape.map((length, at): [number, number] => (at === axis ? [from, size - from - length] : [0, 0])),
    );
  let inner = part(before, size);
  if (before > 0) inner = add(inner, placed(reverse(part(0, before), axis), gap));
  if (after > 0) inner = add(inner, placed(reverse(part(before + size, after), axis), size - gap - after));
  return inner;
}
