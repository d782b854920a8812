/**
 * The gradient of the largest or smallest of many. Where several are equally large, stock tfjs gives each the whole
 * gradient, so a map of zeros after ReLU learns as many times too fast as it has places; TensorFlow and JAX divide it.
 */
import {
  cast,
  div,
  equal,
  mul,
  registerGradient,
  reshape,
  sum,
  type Tensor,
  unregisterGradient,
  util,
} from '@tensorflow/tfjs-core';

/** What the kernels are told: Max and Min call the axes by different names. */
interface Reduction {
  reductionIndices?: number | number[];
  axis?: number | number[];
}

export function registerExtremeGradients(): void {
  for (const kernelName of ['Max', 'Min'] as const) {
    unregisterGradient(kernelName);
    registerGradient({
      kernelName,
      inputsToSave: ['x'],
      outputsToSave: [true],
      gradFunc: (dy, saved, attrs) => {
        const [x, y] = saved as [Tensor, Tensor];
        const { reductionIndices, axis: given } = attrs as unknown as Reduction;
        const axes = util.parseAxisParam(reductionIndices ?? given ?? [], x.shape);
        const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
        return {
          x: () => {
            const chosen = cast(equal(x, reshape(y, kept)), 'float32');
            return mul(chosen, div(reshape(dy as Tensor, kept), sum(chosen, axes, true)));
          },
        };
      },
    });
  }
}
