/**
 * Depthwise convolutions by our own WebAssembly where a channel has one filter; with several, their gradients, which
 * stock tfjs lacks, by other operations.
 */
import {
  type backend_util,
  depthwiseConv2d,
  type KernelFunc,
  mul,
  reshape,
  reverse,
  slice,
  stack,
  stridedSlice,
  sum,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from '../native/depthwise';
import { needNative } from '../native/module';
import { convAttributes, geometry, inputOf } from './attributes';
import { outputFor } from './heap';
import { explicit, spread, touched } from './reach';
import { type Call, replaceKernel, wasmKernel } from './replace';

export function registerDepthwise(): void {
  const stock = wasmKernel('DepthwiseConv2dNative');
  if (stock) replaceKernel('DepthwiseConv2dNative', (call) => forwards(call, stock.kernelFunc));
  replaceKernel('DepthwiseConv2dNativeBackpropFilter', (call) => {
    const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
    const attributes = convAttributes(call);
    const shape = attributes.filterShape ?? [1, 1, 1, 1];
    const info = geometry(x.shape, shape, attributes, true);
    if (info.outChannels > info.inChannels) return tidy(() => filterOfSeveral(info, x, dy));
    const output = outputFor(call, shape);
    depthwiseFilterGradient(needNative(), info, x, dy, output);
    return output;
  });
  replaceKernel('DepthwiseConv2dNativeBackpropInput', (call) => {
    const [dy, filter] = [inputOf(call, 'dy'), inputOf(call, 'filter')];
    const attributes = convAttributes(call);
    const shape = attributes.inputShape ?? [1, 1, 1, 1];
    const info = geometry(shape, filter.shape, attributes, true);
    if (info.outChannels > info.inChannels) return tidy(() => inputOfSeveral(info, dy, filter));
    const output = outputFor(call, shape);
    depthwiseInputGradient(needNative(), info, dy, filter, output);
    return output;
  });
}

/** With several filters a channel, tap by tap. */
function filterOfSeveral(info: backend_util.Conv2DInfo, x: Tensor4D, dy: Tensor4D): Tensor {
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
}

/** With several filters a channel, the sum of what each gives. */
function inputOfSeveral(info: backend_util.Conv2DInfo, dy: Tensor4D, filter: Tensor4D): Tensor {
  const { inChannels: c, outChannels: k } = info;
  const turned = reshape(reverse(filter, [0, 1]), [info.filterHeight, info.filterWidth, k, 1]) as Tensor4D;
  const { sparse, borders } = spread(dy, info);
  const over = depthwiseConv2d(sparse, turned, 1, explicit(borders)); // [N, H, W, C·M]
  return sum(reshape(over, [info.batchSize, info.inHeight, info.inWidth, c, k / c]), 4);
}

/**
 * In the stock kernel “same” padding with a stride larger than the filter gives all zeros. The padding, worked out and
 * handed over as numbers, takes the way that is right.
 */
function forwards(call: Call, stock: KernelFunc): ReturnType<KernelFunc> {
  const [x, filter] = [inputOf(call, 'x'), inputOf(call, 'filter')];
  const attributes = convAttributes(call);
  const info = geometry(x.shape, filter.shape, attributes, true);
  if (info.outChannels === info.inChannels) {
    const output = outputFor(call, info.outShape);
    depthwise(needNative(), info, x, filter, output);
    return output;
  }
  if (attributes.pad !== 'same') return stock(call);
  const { top, bottom, left, right } = info.padInfo;
  const padding = explicit([
    { before: top, after: bottom },
    { before: left, after: right },
  ]);
  return stock({ ...call, attrs: { ...call.attrs, pad: padding } });
}
