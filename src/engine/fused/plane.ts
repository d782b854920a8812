/** φ(x ⋆ W + b) over a plane as one operation on WebAssembly, dilated or not; elsewhere of its parts. */
import { add, backend_util, engine, sum, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { activationOf } from '../activations';
import { inputOf } from '../kernels/attributes';
import { outputFor } from '../kernels/heap';
import { convolve, panelsOf } from '../native/convolution';
import { needNative } from '../native/module';
import { slopeOf } from './curves';
import { curveOf, registerOwn, runOwn } from './own';

const PLANE = 'OwnConv2D';

type Pair = [number, number];

export interface PlaneWindow {
  strides: Pair;
  pad: backend_util.ExplicitPadding | 'valid';
  dilations: Pair;
}

/** What becomes of a sum. */
export interface Finish {
  /** [K]; null for none */
  bias: Tensor | null;
  /** Keras's name. */
  activation: unknown;
}

export const UNFINISHED: Finish = { bias: null, activation: 'linear' };

/** φ(y + b), of parts. */
export function finished(y: Tensor, { bias, activation }: Finish): Tensor {
  return activationOf(activation)(bias ? add(y, bias) : y);
}

interface Attributes extends PlaneWindow {
  curve: number;
}

export function registerPlane(): void {
  registerOwn({
    name: PLANE,
    compute: (call) => {
      const [x, filter] = [inputOf(call, 'x'), inputOf(call, 'filter')];
      const { bias } = call.inputs;
      const { strides, pad, dilations, curve } = call.attrs as unknown as Attributes;
      const info = backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, pad);
      const ours = needNative();
      const y = outputFor(call, info.outShape);
      const panels = outputFor(call, [panelsOf(filter.size / info.outChannels, info.outChannels)]);
      convolve(ours, info, x, filter, panels, y, { bias: bias ? ours.addressOf(bias) : 0, curve });
      engine().makeTensorFromTensorInfo(panels).dispose();
      return y;
    },
    inputs: ['x', 'filter'],
    output: true,
    gradient: (dy, [x, filter, y], attributes) => {
      const { strides, pad, dilations, curve } = attributes as unknown as Attributes;
      const [image, kernel] = [x as Tensor4D, filter as Tensor4D];
      const slope = slopeOf(dy, y as Tensor, curve);
      const window = { strides, pad, dilations };
      return {
        x: () => runOwn('Conv2DBackpropInput', { dy: slope, filter: kernel }, { ...window, inputShape: image.shape }),
        filter: () => runOwn('Conv2DBackpropFilter', { x: image, dy: slope }, { ...window, filterShape: kernel.shape }),
        bias: () => sum(slope, [0, 1, 2]),
      };
    },
  });
}

/** Only where `canFuse`. @param x [N, H, W, C] @param filter [F_h, F_w, C, K] */
export function fusedPlane(x: Tensor4D, filter: Tensor4D, window: PlaneWindow, { bias, activation }: Finish): Tensor4D {
  const curve = curveOf(activation);
  const y = runOwn(PLANE, { x, filter, ...(bias && { bias }) }, { ...window, curve: Math.max(0, curve) });
  return (curve < 0 ? activationOf(activation)(y) : y) as Tensor4D;
}
