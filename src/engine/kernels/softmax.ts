/** Softmax over the last axis, by our own WebAssembly, and its gradient as one operation. */
import {
  engine,
  mul,
  registerGradient,
  registerKernel,
  sub,
  sum,
  type Tensor,
  unregisterGradient,
} from '@tensorflow/tfjs-core';
import { native, needNative } from '../native/module';
import { softmax, softmaxBack } from '../native/rows';
import { inputOf } from './attributes';
import { outputFor } from './heap';
import { replaceKernel } from './replace';

const BACK = 'OwnSoftmaxGrad';

export function registerSoftmax(): void {
  replaceKernel('Softmax', (call) => {
    const x = inputOf(call, 'logits');
    const y = outputFor(call, x.shape);
    softmax(needNative(), x, y);
    return y;
  });
  registerKernel({
    kernelName: BACK,
    backendName: 'wasm',
    kernelFunc: (call) => {
      const [dy, y] = [inputOf(call, 'dy'), inputOf(call, 'y')];
      const dx = outputFor(call, y.shape);
      softmaxBack(needNative(), dy, y, dx);
      return dx;
    },
  });
  unregisterGradient('Softmax');
  registerGradient({
    kernelName: 'Softmax',
    outputsToSave: [true],
    gradFunc: (given, saved) => {
      const [dy, [y]] = [given as Tensor, saved as [Tensor]];
      // The gradient of this gradient needs its parts.
      const atOnce = native() && engine().state.gradientDepth <= 1;
      return {
        logits: () => {
          if (atOnce) return engine().runKernel(BACK, { dy, y }) as Tensor;
          const both = mul(dy, y);
          return sub(both, mul(sum(both, -1, true), y));
        },
      };
    },
  });
}
