/**
 * Convolutions over a plane and their gradients, by our own WebAssembly. Stock tfjs has no filter gradient here, its
 * input gradient is a chain of plain loops, and under “same” padding with a stride larger than the kernel it gives zeros.
 */
import { engine, type TensorInfo } from '@tensorflow/tfjs-core';
import { convolve, filterGradient, inputGradient, panelsOf } from '../native/convolution';
import { needNative } from '../native/module';
import { convAttributes, geometry, inputOf } from './attributes';
import { outputFor } from './heap';
import { type Call, replaceKernel } from './replace';

export function registerConvolutions(): void {
  replaceKernel('Conv2D', (call) => {
    const [x, filter] = [inputOf(call, 'x'), inputOf(call, 'filter')];
    const info = geometry(x.shape, filter.shape, convAttributes(call));
    const output = outputFor(call, info.outShape);
    withPanels(call, panelsOf(filter.size / info.outChannels, info.outChannels), (panels) =>
      convolve(needNative(), info, x, filter, panels, output),
    );
    return output;
  });
  replaceKernel('Conv2DBackpropFilter', (call) => {
    const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
    const attributes = convAttributes(call);
    const shape = attributes.filterShape ?? [1, 1, 1, 1];
    const output = outputFor(call, shape);
    filterGradient(needNative(), geometry(x.shape, shape, attributes), x, dy, output);
    return output;
  });
  replaceKernel('Conv2DBackpropInput', (call) => {
    const [dy, filter] = [inputOf(call, 'dy'), inputOf(call, 'filter')];
    const attributes = convAttributes(call);
    const shape = attributes.inputShape ?? [1, 1, 1, 1];
    const info = geometry(shape, filter.shape, attributes);
    const output = outputFor(call, shape);
    withPanels(call, panelsOf(filter.size / info.inChannels, info.inChannels), (panels) =>
      inputGradient(needNative(), info, dy, filter, panels, output),
    );
    return output;
  });
}

/** Does something with memory for so many numbers. */
function withPanels(call: Call, numbers: number, work: (panels: TensorInfo) => void): void {
  const panels = engine().makeTensorFromTensorInfo(outputFor(call, [numbers]));
  work(panels);
  panels.dispose();
}
