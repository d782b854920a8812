/**
 * The gradients of a convolution, each as one forward convolution through XNNPACK. Stock tfjs has no
 * filter gradient for WebAssembly, and its input gradient is a chain of plain loops.
 */
import {
  type backend_util,
  conv2d,
  pad,
  reshape,
  reverse,
  slice,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { convAttributes, geometry, inputOf } from './attributes';
import { replaceKernel, wasmKernel } from './replace';

/**
 * Zeros (or a crop) so that an image has exactly the rows and columns its windows touched.
 * @param x [N, H, W, C]
 */
export function touched(x: Tensor4D, info: backend_util.Conv2DInfo): Tensor4D {
  const { top, left } = info.padInfo;
  const height = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;
  const bottom = Math.max(0, height - info.inHeight - top);
  const right = Math.max(0, width - info.inWidth - left);
  const grown =
    top + left + bottom + right === 0
      ? x
      : (pad(x, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]) as Tensor4D);
  if (grown.shape[1] === height && grown.shape[2] === width) return grown;
  return slice(grown, [0, 0, 0, 0], [info.batchSize, height, width, info.inChannels]);
}

/**
 * Puts stride−1 zeros between the values of a gradient, then so many around it that a full
 * correlation with the filter covers the (padded) input.
 * @param dy [N, H_out, W_out, K] → [N, H_full, W_full, K]
 */
export function spread(dy: Tensor4D, info: backend_util.Conv2DInfo, channels: number): Tensor4D {
  const { batchSize: n, outHeight: oh, outWidth: ow, strideHeight: sh, strideWidth: sw, padInfo } = info;
  let sparse = dy;
  if (sh > 1 || sw > 1) {
    const rows = pad(reshape(sparse, [n * oh, 1, ow, channels]), [
      [0, 0],
      [0, sh - 1],
      [0, 0],
      [0, 0],
    ]);
    const both = pad(reshape(rows, [n * oh * sh * ow, 1, 1, channels]), [
      [0, 0],
      [0, 0],
      [0, sw - 1],
      [0, 0],
    ]);
    sparse = slice(
      reshape(both, [n, oh * sh, ow * sw, channels]) as Tensor4D,
      [0, 0, 0, 0],
      [n, (oh - 1) * sh + 1, (ow - 1) * sw + 1, channels],
    );
  }
  const [, height, width] = sparse.shape;
  const reachH = info.filterHeight - 1;
  const reachW = info.filterWidth - 1;
  const below = Math.max(reachH, padInfo.top + info.inHeight - height);
  const beside = Math.max(reachW, padInfo.left + info.inWidth - width);
  return pad(sparse, [
    [0, 0],
    [reachH, below],
    [reachW, beside],
    [0, 0],
  ]) as Tensor4D;
}

/** The part of a full correlation that lies over the unpadded input. */
export const overInput = (full: Tensor4D, info: backend_util.Conv2DInfo, channels: number): Tensor4D =>
  slice(full, [0, info.padInfo.top, info.padInfo.left, 0], [info.batchSize, info.inHeight, info.inWidth, channels]);

export function registerConvolutionGradients(): void {
  replaceKernel('Conv2DBackpropFilter', (call) =>
    tidy(() => {
      const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
      const attributes = convAttributes(call);
      const info = geometry(x.shape, attributes.filterShape ?? [1, 1, 1, 1], attributes);
      // Channels and batch change places: the gradient is a filter that slides over the image by its stride.
      const image = transpose(touched(x, info), [3, 1, 2, 0]); // [C, H, W, N]
      const filter = transpose(dy, [1, 2, 0, 3]); // [H_out, W_out, N, K]
      const dw = conv2d(image as Tensor4D, filter as Tensor4D, 1, 'valid', 'NHWC', [
        info.strideHeight,
        info.strideWidth,
      ]);
      return transpose(dw, [1, 2, 0, 3]); // [F_h, F_w, C, K]
    }),
  );
  replaceKernel('Conv2DBackpropInput', (call) =>
    tidy(() => {
      const [dy, filter] = [inputOf(call, 'dy'), inputOf(call, 'filter')];
      const attributes = convAttributes(call);
      const info = geometry(attributes.inputShape ?? [1, 1, 1, 1], filter.shape, attributes);
      const turned = transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]); // [F_h, F_w, K, C]
      const full = conv2d(spread(dy, info, info.outChannels), turned as Tensor4D, 1, 'valid');
      return overInput(full, info, info.inChannels);
    }),
  );
}

/**
 * “same” padding with a stride larger than the kernel gives all zeros in the stock kernels. The padding,
 * worked out and handed over as numbers, takes the way that is right.
 */
export function correctSamePadding(): void {
  for (const [name, depthwise] of [
    ['Conv2D', false],
    ['FusedConv2D', false],
    ['DepthwiseConv2dNative', true],
    ['FusedDepthwiseConv2D', true],
  ] as const) {
    const stock = wasmKernel(name);
    if (!stock) continue;
    replaceKernel(name, (call) => {
      const attributes = convAttributes(call);
      if (attributes.pad !== 'same') return stock.kernelFunc(call);
      const info = geometry(inputOf(call, 'x').shape, inputOf(call, 'filter').shape, attributes, depthwise);
      if (info.strideHeight <= info.filterHeight && info.strideWidth <= info.filterWidth) return stock.kernelFunc(call);
      const { top, bottom, left, right } = info.padInfo;
      const explicit = [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ];
      return stock.kernelFunc({ ...call, attrs: { ...call.attrs, pad: explicit } });
    });
  }
}
