/** Inverted dropout with a new mask at every step, drawn from the run's own chance; stock tfjs repeats a seeded mask. */
import { cast, greaterEqual, mul, randomUniform, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { nextSeed } from '../../random';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

export class Dropout extends OwnLayer {
  static className = 'Dropout';
  private readonly rate = this.number('rate', 0);

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    const x = onlyTensor(inputs);
    if (!kwargs.training || this.rate === 0) return x;
    return tidy(() => {
      const kept = cast(greaterEqual(randomUniform(x.shape, 0, 1, 'float32', nextSeed()), this.rate), 'float32');
      return mul(x, mul(kept, 1 / (1 - this.rate)));
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}
