/** φ(x·W + b) as one operation on WebAssembly; elsewhere, and for other activations, of its parts. */
import { add, matMul, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { activationOf } from '../activations';
import { inputOf } from '../kernels/attributes';
import { outputFor } from '../kernels/heap';
import { needNative } from '../native/module';
import { multiply } from '../native/products';
import { slopeOf } from './curves';
import { canFuse, curveOf, registerOwn, runOwn } from './own';

const DENSE = 'OwnDense';

export function registerDense(): void {
  registerOwn({
    name: DENSE,
    compute: (call) => {
      const [x, kernel] = [inputOf(call, 'x'), inputOf(call, 'kernel')];
      const { bias } = call.inputs;
      const ours = needNative();
      const y = outputFor(call, [x.shape[0], kernel.shape[1]]);
      multiply(ours, x, kernel, y, {}, bias ? ours.addressOf(bias) : 0, Number(call.attrs?.curve));
      return y;
    },
    inputs: ['x', 'kernel'],
    output: true,
    gradient: (dy, [x, kernel, y], { curve }) => {
      const slope = slopeOf(dy, y as Tensor, Number(curve)) as Tensor2D;
      return {
        x: () => matMul(slope, kernel as Tensor2D, false, true),
        kernel: () => matMul(x as Tensor2D, slope, true, false),
        bias: () => sum(slope, 0),
      };
    },
  });
}

/**
 * @param x [N, D]
 * @param kernel [D, K]
 * @param bias [K]; null for none
 * @param activation Keras's name
 * @returns [N, K]
 */
export function dense(x: Tensor2D, kernel: Tensor2D, bias: Tensor | null, activation: unknown = 'linear'): Tensor2D {
  if (!canFuse()) {
    const product = matMul(x, kernel);
    return activationOf(activation)(bias ? add(product, bias) : product) as Tensor2D;
  }
  const curve = curveOf(activation);
  const y = runOwn(DENSE, { x, kernel, ...(bias && { bias }) }, { curve: Math.max(0, curve) });
  return (curve < 0 ? activationOf(activation)(y) : y) as Tensor2D;
}
