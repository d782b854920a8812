/** The gradients of a depthwise convolution, which stock tfjs lacks for WebAssembly. */
import {
  depthwiseConv2d,
  mul,
  reshape,
  reverse,
  slice,
  stack,
  stridedSlice,
  sum,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { convAttributes, geometry, inputOf } from './attributes';
import { explicit, spread, touched } from './reach';
import { replaceKernel } from './replace';

export function registerDepthwiseGradients(): void {
  replaceKernel('DepthwiseConv2dNativeBackpropFilter', (call) =>
    tidy(() => {
      const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
      const attributes = convAttributes(call);
      const info = geometry(x.shape, attributes.filterShape ?? [1, 1, 1, 1], attributes, true);
      const { batchSize: n, outHeight: oh, outWidth: ow, inChannels: c, strideHeight: sh, strideWidth: sw } = info;
      const multiplier = info.outChannels / c;
      const places = n * oh * ow;
      const gradient = reshape(dy, [places, c, multiplier]);
      const image = touched(x, info);
      const taps = [];
      for (let row = 0; row < info.filterHeight; row++) {
        for (let column = 0; column < info.filterWidth; column++) {
          const end = [n, row + (oh - 1) * sh + 1, column + (ow - 1) * sw + 1, c];
          const seen =
            sh === 1 && sw === 1
              ? slice(image, [0, row, column, 0], [n, oh, ow, c])
              : stridedSlice(image, [0, row, column, 0], end, [1, sh, sw, 1]);
          taps.push(sum(mul(reshape(seen, [places, c, 1]), gradient), 0)); // [C, M]
        }
      }
      return reshape(stack(taps), [info.filterHeight, info.filterWidth, c, multiplier]);
    }),
  );
  replaceKernel('DepthwiseConv2dNativeBackpropInput', (call) =>
    tidy(() => {
      const [dy, filter] = [inputOf(call, 'dy'), inputOf(call, 'filter')];
      const attributes = convAttributes(call);
      const info = geometry(attributes.inputShape ?? [1, 1, 1, 1], filter.shape, attributes, true);
      const { inChannels: c, outChannels: k } = info;
      const turned = reshape(reverse(filter, [0, 1]), [info.filterHeight, info.filterWidth, k, 1]) as Tensor4D;
      const { sparse, borders } = spread(dy, info);
      const over = depthwiseConv2d(sparse, turned, 1, explicit(borders)); // [N, H, W, C·M]
      if (k === c) return over;
      return sum(reshape(over, [info.batchSize, info.inHeight, info.inWidth, c, k / c]), 4);
    }),
  );
}
