/** |x| has no slope at 0, where TensorFlow, JAX and PyTorch take 0; stock tfjs takes −1, so an L1 penalty moves zeros. */
import { mul, registerGradient, sign, type Tensor, unregisterGradient } from '@tensorflow/tfjs-core';

export function registerAbsoluteGradient(): void {
  unregisterGradient('Abs');
  registerGradient({
    kernelName: 'Abs',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => mul(dy as Tensor, sign(saved[0] as Tensor)) }),
  });
}
