/** Dense over the last axis of any rank, with all our activations. */
import { add, matMul, reshape, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

export class Dense extends OwnLayer {
  static className = 'Dense';
  private readonly units = this.number('units', 1);
  private readonly activation = activationOf(this.settings.activation);
  private kernel?: ReturnType<Dense['zeros']>;
  private bias?: ReturnType<Dense['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    this.kernel = this.zeros('kernel', [onlyShape(shapes).at(-1) ?? 1, this.units]);
    if (this.flag('useBias', true)) this.bias = this.zeros('bias', [this.units]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // […, D]
      const rows = x.shape.length === 2 ? (x as Tensor2D) : (reshape(x, [-1, x.shape.at(-1) ?? 1]) as Tensor2D);
      const product = matMul(rows, this.kernel?.read() as Tensor2D); // [rows, K]
      const y = this.activation(this.bias ? add(product, this.bias.read()) : product);
      return x.shape.length === 2 ? y : reshape(y, [...x.shape.slice(0, -1), this.units]);
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return [...onlyShape(shapes).slice(0, -1), this.units];
  }
}
