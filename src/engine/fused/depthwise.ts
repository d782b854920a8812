/** A convolution of each channel by itself, dilated or not, as one operation on WebAssembly. */
import { backend_util, type Tensor4D } from '@tensorflow/tfjs-core';
import { inputOf } from '../kernels/attributes';
import { outputFor } from '../kernels/heap';
import { depthwise } from '../native/depthwise';
import { needNative } from '../native/module';
import { registerOwn, runOwn } from './own';
import type { PlaneWindow } from './plane';

const DEPTHWISE = 'OwnDepthwiseConv2D';

export function registerFusedDepthwise(): void {
  registerOwn({
    name: DEPTHWISE,
    compute: (call) => {
      const [x, filter] = [inputOf(call, 'x'), inputOf(call, 'filter')];
      const { strides, pad, dilations } = call.attrs as unknown as PlaneWindow;
      const info = backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, pad, undefined, true);
      const y = outputFor(call, info.outShape);
      depthwise(needNative(), info, x, filter, y);
      return y;
    },
    inputs: ['x', 'filter'],
    gradient: (dy, [x, filter], window) => {
      const [image, kernel] = [x as Tensor4D, filter as Tensor4D];
      return {
        x: () =>
          runOwn('DepthwiseConv2dNativeBackpropInput', { dy, filter: kernel }, { ...window, inputShape: image.shape }),
        filter: () =>
          runOwn('DepthwiseConv2dNativeBackpropFilter', { x: image, dy }, { ...window, filterShape: kernel.shape }),
      };
    },
  });
}

/** Only where `canFuse`. @param x [N, H, W, C] @param filter [F_h, F_w, C, M] */
export const fusedDepthwise = (x: Tensor4D, filter: Tensor4D, window: PlaneWindow): Tensor4D =>
  runOwn(DEPTHWISE, { x, filter }, { ...window }) as Tensor4D;
