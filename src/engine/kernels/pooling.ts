/**
 * The gradient of max pooling, over the heap. The stock kernel begins its search for the largest value at the
 * smallest positive float, and so finds nothing in a window without positive values; among equals it takes
 * the last, where every other backend (and Keras) takes the first.
 */
import { backend_util } from '@tensorflow/tfjs-core';
import { inputOf } from './attributes';
import { floatsOf, outputFor } from './heap';
import { replaceKernel } from './replace';

type Shape4 = [number, number, number, number];

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export function registerMaxPoolGradient(): void {
  replaceKernel('MaxPoolGrad', (call) => {
    const [input, slope] = [inputOf(call, 'input'), inputOf(call, 'dy')];
    const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as PoolAttributes;
    const info = backend_util.computePool2DInfo(input.shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
    const output = outputFor(call, input.shape);
    scatterToLargest(floatsOf(call, input), floatsOf(call, slope), floatsOf(call, output), info);
    return output;
  });
}

/**
 * Adds each window's gradient to the place of its largest value.
 * @param x [N, H, W, C]
 * @param dy [N, H_out, W_out, C]
 * @param dx [N, H, W, C], overwritten
 */
function scatterToLargest(x: Float32Array, dy: Float32Array, dx: Float32Array, info: backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const { strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth } = info;
  dx.fill(0);
  let window = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * strideHeight - padInfo.top;
      const [firstRow, endRow] = [Math.max(0, top), Math.min(inHeight, top + effectiveFilterHeight)];
      for (let column = 0; column < outWidth; column++) {
        const left = column * strideWidth - padInfo.left;
        const [firstColumn, endColumn] = [Math.max(0, left), Math.min(inWidth, left + effectiveFilterWidth)];
        for (let channel = 0; channel < inChannels; channel++) {
          let best = ((n * inHeight + firstRow) * inWidth + firstColumn) * inChannels + channel;
          let largest = x[best] as number;
          for (let y = firstRow; y < endRow; y++) {
            let at = ((n * inHeight + y) * inWidth + firstColumn) * inChannels + channel;
            for (let across = firstColumn; across < endColumn; across++) {
              const value = x[at] as number;
              if (value > largest) {
                largest = value;
                best = at;
              }
              at += inChannels;
            }
          }
          dx[best] = (dx[best] as number) + (dy[window] as number);
          window += 1;
        }
      }
    }
  }
}
