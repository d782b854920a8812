/**
 * The gradients of a convolution, each as one forward convolution through XNNPACK. Stock tfjs has no
 * filter gradient for WebAssembly, and its input gradient is a chain of plain loops.
 */
import { conv2d, reverse, type Tensor4D, tidy, transpose } from '@tensorflow/tfjs-core';
import { convAttributes, geometry, inputOf } from './attributes';
import { explicit, reachOf, spread, touched } from './reach';
import { replaceKernel, wasmKernel } from './replace';

export function registerConvolutionGradients(): void {
  replaceKernel('Conv2DBackpropFilter', (call) =>
    tidy(() => {
      const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
      const attributes = convAttributes(call);
      const info = geometry(x.shape, attributes.filterShape ?? [1, 1, 1, 1], attributes);
      const borders = reachOf(info);
      const crop = borders.some(({ after }) => after < 0);
      // Channels and batch change places: the gradient is a filter that slides over the image, its values a
      // stride apart.
      const image = transpose(crop ? touched(x, info) : x, [3, 1, 2, 0]) as Tensor4D; // [C, H, W, N]
      const filter = transpose(dy, [1, 2, 0, 3]) as Tensor4D; // [H_out, W_out, N, K]
      const apart: [number, number] = [info.strideHeight, info.strideWidth];
      const dw = conv2d(image, filter, 1, crop ? 'valid' : explicit(borders), 'NHWC', apart);
      return transpose(dw, [1, 2, 0, 3]); // [F_h, F_w, C, K]
    }),
  );
  replaceKernel('Conv2DBackpropInput', (call) =>
    tidy(() => {
      const [dy, filter] = [inputOf(call, 'dy'), inputOf(call, 'filter')];
      const attributes = convAttributes(call);
      const info = geometry(attributes.inputShape ?? [1, 1, 1, 1], filter.shape, attributes);
      const turned = transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]) as Tensor4D; // [F_h, F_w, K, C]
      const { sparse, borders } = spread(dy, info);
      return conv2d(sparse, turned, 1, explicit(borders)); // [N, H, W, C]
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
      const padding = explicit([
        { before: top, after: bottom },
        { before: left, after: right },
      ]);
      return stock.kernelFunc({ ...call, attrs: { ...call.attrs, pad: padding } });
    });
  }
}
