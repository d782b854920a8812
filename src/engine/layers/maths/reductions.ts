/** Layers that shrink axes to one value. */
import { abs, max, maximum, mean, reshape, sqrt, square, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

/** Axes counted from the front, each once. */
export function axesIn(value: unknown, rank: number): number[] {
  const given = Array.isArray(value) ? (value as number[]) : [Number(value ?? -1)];
  return [...new Set(given.map((axis) => (axis < 0 ? rank + axis : axis)))].sort((a, b) => a - b);
}

abstract class Reduction extends OwnLayer {
  private readonly keepdims = this.flag('keepdims', false);

  protected abstract reduce(x: Tensor, axes: number[], keepdims: boolean): Tensor;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const y = this.reduce(x, axesIn(this.settings.axes, x.rank), this.keepdims);
      // One number for a sample is a row of one.
      return y.rank === 1 ? reshape(y, [-1, 1]) : y;
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const axes = axesIn(this.settings.axes, shape.length);
    if (this.keepdims) return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const left = shape.filter((_, axis) => !axes.includes(axis));
    return left.length === 1 ? [...left, 1] : left;
  }
}

export class Mean extends Reduction {
  static className = 'Mean';
  protected reduce(x: Tensor, axes: number[], keepdims: boolean): Tensor {
    return mean(x, axes, keepdims);
  }
}

export class Sum extends Reduction {
  static className = 'Sum';
  protected reduce(x: Tensor, axes: number[], keepdims: boolean): Tensor {
    return sum(x, axes, keepdims);
  }
}

export class Norm extends Reduction {
  static className = 'Norm';
  protected reduce(x: Tensor, axes: number[], keepdims: boolean): Tensor {
    const { order } = this.settings;
    if (order === 'l1') return sum(abs(x), axes, keepdims);
    if (order === 'max') return max(abs(x), axes, keepdims);
    // The root has no slope at 0.
    return sqrt(maximum(sum(square(x), axes, keepdims), 1e-12));
  }
}
