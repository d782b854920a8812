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
  zerosLike,
} from '@tensorflow/tfjs-core';

const OF_TWO = ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'];
const OF_ONE = ['LogicalNot', 'Any', 'All'];

export function registerFlatGradients(): void {
  const flat: GradFunc = (_dy, saved) => {
    const [a, b] = saved as [Tensor, Tensor];
    return { a: () => zerosLike(a), b: () => zerosLike(b) };
  };
  for (const kernelName of OF_TWO) {
    if (getGradient(kernelName)) unregisterGradient(kernelName);
    registerGradient({ kernelName, inputsToSave: ['a', 'b'], gradFunc: flat });
  }
  for (const kernelName of OF_ONE) {
    const gradFunc: GradFunc = (_dy, [x]) => ({ x: () => zerosLike(x as Tensor) });
    registerGradient({ kernelName, inputsToSave: ['x'], gradFunc });
  }
}
