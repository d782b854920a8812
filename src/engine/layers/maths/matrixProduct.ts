import { matMul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer } from '../base';

export class MatrixProduct extends OwnLayer {
  static className = 'MatrixProduct';
  private readonly transposed = [this.flag('transposeA', false), this.flag('transposeB', false)] as const;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const [a, b] = inputs as [Tensor, Tensor];
      return matMul(a, b, ...this.transposed);
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [a, b] = shapes as [Shape, Shape];
    const [first, second] = this.transposed;
    return [...a.slice(0, -2), a.at(first ? -1 : -2) ?? null, b.at(second ? -2 : -1) ?? null];
  }
}
