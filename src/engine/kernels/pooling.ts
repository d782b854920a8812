/**
 * Pooling and its gradients by our own WebAssembly. The stock gradient of max pooling begins its search for the largest
 * value at the smallest positive float, and so finds nothing in a window without positive values; among equals it takes
 * the last, where every other backend (and Keras) takes the first.
 */
import { backend_util } from '@tensorflow/tfjs-core';
import { needNative } from '../native/module';
import { averagePoolBack, maxPoolBack, pool } from '../native/pooling';
import { inputOf } from './attributes';
import { outputFor } from './heap';
import { type Call, replaceKernel } from './replace';

type Shape4 = [number, number, number, number];

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function infoOf(call: Call, shape: readonly number[]): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as PoolAttributes;
  return backend_util.computePool2DInfo(shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
}

export function registerPooling(): void {
  for (const [name, kind] of [
    ['MaxPool', 'largest'],
    ['AvgPool', 'mean'],
  ] as const) {
    replaceKernel(name, (call) => {
      const x = inputOf(call, 'x');
      const info = infoOf(call, x.shape);
      const y = outputFor(call, info.outShape);
      pool(needNative(), info, x, y, kind);
      return y;
    });
  }
  replaceKernel('MaxPoolGrad', (call) => {
    const [input, output, slope] = [inputOf(call, 'input'), inputOf(call, 'output'), inputOf(call, 'dy')];
    const dx = outputFor(call, input.shape);
    maxPoolBack(needNative(), infoOf(call, input.shape), input, output, slope, dx);
    return dx;
  });
  replaceKernel('AvgPoolGrad', (call) => {
    const [input, slope] = [inputOf(call, 'input'), inputOf(call, 'dy')];
    const dx = outputFor(call, input.shape);
    averagePoolBack(needNative(), infoOf(call, input.shape), slope, dx);
    return dx;
  });
}
