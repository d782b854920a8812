/**
 * The gradient of average pooling. At a border, “same” windows reach beyond the image and average the
 * fewer values they hold; stock tfjs divides by that number forwards and by the whole window backwards.
 */
import {
  backend_util,
  engine,
  mul,
  registerGradient,
  type Tensor,
  type Tensor4D,
  tensor,
  unregisterGradient,
} from '@tensorflow/tfjs-core';

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export function registerAveragePoolingGradient(): void {
  unregisterGradient('AvgPool');
  registerGradient({
    kernelName: 'AvgPool',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const [x] = saved as [Tensor4D];
      const settings = attrs as unknown as PoolAttributes;
      const { filterSize, strides, pad, dimRoundingMode } = settings;
      const info = backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad, dimRoundingMode);
      const slope = pad === 'valid' ? (dy as Tensor) : mul(dy as Tensor, shares(info));
      return {
        x: () => engine().runKernel('AvgPoolGrad', { dy: slope, input: x }, { filterSize, strides, pad }) as Tensor,
      };
    },
  });
}

/** Window size by the number of values a window holds: [1, H_out, W_out, 1]. */
function shares(info: backend_util.Conv2DInfo): Tensor {
  const rows = held(info.outHeight, info.strideHeight, info.filterHeight, info.padInfo.top, info.inHeight);
  const columns = held(info.outWidth, info.strideWidth, info.filterWidth, info.padInfo.left, info.inWidth);
  const whole = info.filterHeight * info.filterWidth;
  const values = rows.flatMap((height) => columns.map((width) => whole / (height * width)));
  return tensor(values, [1, rows.length, columns.length, 1]);
}

const held = (windows: number, stride: number, reach: number, before: number, size: number): number[] =>
  Array.from({ length: windows }, (_, at) => {
    const start = at * stride - before;
    return Math.min(size, start + reach) - Math.max(0, start);
  });
