/**
 * Comparisons and logic are flat almost everywhere: their gradient is zero. Stock tfjs has none for most
 * and throws where one lies on the way to a weight.
 */
import {
  type GradFunc,
  getGradient,
  registerGradient,
  type Tensor,
  unregisterGradient,
  zeros,
} from '@tensorflow/tfjs-core';

const OF_TWO = ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'];
const OF_ONE = ['LogicalNot', 'Any', 'All'];

/** In float32, as tfjs wants every gradient, of truth values too. */
const flatFor = ({ shape }: Tensor): Tensor => zeros(shape);

export function registerFlatGradients(): void {
  const flat: GradFunc = (_dy, saved) => {
    const [a, b] = saved as [Tensor, Tensor];
    return { a: () => flatFor(a), b: () => flatFor(b) };
  };
  for (const kernelName of OF_TWO) {
    if (getGradient(kernelName)) unregisterGradient(kernelName);
    registerGradient({ kernelName, inputsToSave: ['a', 'b'], gradFunc: flat });
  }
  for (const kernelName of OF_ONE) {
    const gradFunc: GradFunc = (_dy, [x]) => ({ x: () => flatFor(x as Tensor) });
    registerGradient({ kernelName, inputsToSave: ['x'], gradFunc });
  }
}
