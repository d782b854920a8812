/**
 * Depthwise convolutions and their gradients, by our own WebAssembly: stock tfjs has no gradients here, and under “same”
 * padding with a stride larger than the filter it gives zeros.
 */
import { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from '../native/depthwise';
import { needNative } from '../native/module';
import { convAttributes, geometry, inputOf } from './attributes';
import { outputFor } from './heap';
import { replaceKernel } from './replace';

export function registerDepthwise(): void {
  replaceKernel('DepthwiseConv2dNative', (call) => {
    const [x, filter] = [inputOf(call, 'x'), inputOf(call, 'filter')];
    const info = geometry(x.shape, filter.shape, convAttributes(call), true);
    const output = outputFor(call, info.outShape);
    depthwise(needNative(), info, x, filter, output);
    return output;
  });
  replaceKernel('DepthwiseConv2dNativeBackpropFilter', (call) => {
    const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
    const attributes = convAttributes(call);
    const shape = attributes.filterShape ?? [1, 1, 1, 1];
    const output = outputFor(call, shape);
    depthwiseFilterGradient(needNative(), geometry(x.shape, shape, attributes, true), x, dy, output);
    return output;
  });
  replaceKernel('DepthwiseConv2dNativeBackpropInput', (call) => {
    const [dy, filter] = [inputOf(call, 'dy'), inputOf(call, 'filter')];
    const attributes = convAttributes(call);
    const shape = attributes.inputShape ?? [1, 1, 1, 1];
    const output = outputFor(call, shape);
    depthwiseInputGradient(needNative(), geometry(shape, filter.shape, attributes, true), dy, filter, output);
    return output;
  });
}
