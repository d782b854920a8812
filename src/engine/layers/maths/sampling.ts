/** Draws from N(μ, σ²) as μ + σ·ε (Kingma & Welling 2014). */
import { add, exp, mul, randomNormal, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { nextSeed } from '../../random';
import { OwnLayer } from '../base';

export class Sampling extends OwnLayer {
  static className = 'Sampling';

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      const [mean, logVariance] = inputs as [Tensor, Tensor];
      if (!kwargs.training) return add(mean, 0);
      const chance = randomNormal(mean.shape, 0, 1, 'float32', nextSeed());
      return add(mean, mul(exp(mul(logVariance, 0.5)), chance));
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return shapes[0] as Shape;
  }
}
