/** Operations of one tensor whose gradient is written out, where that of their parts is less exact, slower or missing. */
import { customGrad, type Tensor } from '@tensorflow/tfjs-core';

/**
 * @param forward the result, and what the gradient needs
 * @param backward the gradient for the input, from that of the result and from what was kept
 */
export function withGradient<K extends Tensor[]>(
  forward: (x: Tensor) => { y: Tensor; kept: [...K] },
  backward: (dy: Tensor, kept: K) => Tensor,
): (x: Tensor) => Tensor {
  return customGrad((...args) => {
    const [x, save] = args as unknown as [Tensor, (tensors: Tensor[]) => void];
    const { y, kept } = forward(x);
    save(kept);
    return { value: y, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy, saved as K) };
  });
}
