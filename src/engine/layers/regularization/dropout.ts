/** Inverted dropout with a new mask at every step, drawn from the run's own chance; stock tfjs repeats a seeded mask. */
import { add, mul, randomNormal, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { dropped, keptMask } from '../../fused/drop';
import { nextSeed } from '../../random';
import { onlyTensor } from '../base';
import { SameShape } from '../sameShape';

/** What does something in training only. */
abstract class InTraining extends SameShape {
  protected abstract disturb(x: Tensor): Tensor;
  protected abstract readonly strength: number;

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    const x = onlyTensor(inputs);
    return kwargs.training && this.strength > 0 ? tidy(() => this.disturb(x)) : x;
  }
}

export class Dropout extends InTraining {
  static className = 'Dropout';
  protected readonly strength = this.number('rate', 0);

  /** The mask's shape; along axes of size 1 all values share their fate. */
  protected maskShape({ shape }: Tensor): number[] {
    const { noiseShape } = this.settings;
    if (!Array.isArray(noiseShape)) return shape;
    return shape.map((size, axis) => Number(noiseShape[axis] ?? size));
  }

  protected disturb(x: Tensor): Tensor {
    return dropped(x, this.strength, this.maskShape(x));
  }
}

/** Drops whole channels. */
abstract class SpatialDropout extends Dropout {
  protected override maskShape({ shape, rank }: Tensor): number[] {
    const channels = /^channels_?first$/i.test(String(this.settings.dataFormat)) ? 1 : rank - 1;
    return shape.map((size, axis) => (axis === 0 || axis === channels ? size : 1));
  }
}

export class SpatialDropout1D extends SpatialDropout {
  static override className = 'SpatialDropout1D';
}

export class SpatialDropout2D extends SpatialDropout {
  static override className = 'SpatialDropout2D';
}

export class SpatialDropout3D extends SpatialDropout {
  static override className = 'SpatialDropout3D';
}

export class GaussianNoise extends InTraining {
  static className = 'GaussianNoise';
  protected readonly strength = this.number('stddev', 0);

  protected disturb(x: Tensor): Tensor {
    return add(x, randomNormal(x.shape, 0, this.strength, 'float32', nextSeed()));
  }
}

export class GaussianDropout extends InTraining {
  static className = 'GaussianDropout';
  protected readonly strength = this.number('rate', 0);

  protected disturb(x: Tensor): Tensor {
    const deviation = Math.sqrt(this.strength / (1 - this.strength));
    return mul(x, randomNormal(x.shape, 1, deviation, 'float32', nextSeed()));
  }
}

/** −λα: the value SELU comes to far below zero. */
const LOWEST = -1.0507009873554805 * 1.6732632423543772;

/** Klambauer et al. 2017; stock tfjs has the sign of the lowest value wrong. */
export class AlphaDropout extends InTraining {
  static className = 'AlphaDropout';
  protected readonly strength = this.number('rate', 0);

  protected disturb(x: Tensor): Tensor {
    const rate = this.strength;
    const mask = keptMask(x.shape, rate);
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * LOWEST ** 2));
    // m·x + (1 − m)·lowest, then a·(…) + b with b = −a·lowest·rate.
    const mixed = add(mul(x, mask), mul(add(mul(mask, -1), 1), LOWEST));
    return add(mul(mixed, scale), -scale * LOWEST * rate);
  }
}
