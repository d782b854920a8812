/** A learned factor for each channel. Keras passes no mask on through it. */
import { mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

export class LayerScale extends OwnLayer {
  static className = 'LayerScale';
  private gamma?: ReturnType<LayerScale['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    this.gamma = this.zeros('gamma', [onlyShape(shapes).at(-1) ?? 1]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => mul(onlyTensor(inputs), this.gamma?.read() as Tensor));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}
