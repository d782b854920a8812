/** Rectifiers with more settings than stock tfjs knows, learned slopes, and steps. */
import {
  abs,
  add,
  cast,
  customGrad,
  greater,
  greaterEqual,
  lessEqual,
  minimum,
  mul,
  relu,
  sub,
  type Tensor,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { onlyShape, onlyTensor } from '../base';
import { SameShape } from '../sameShape';

/** x above θ, cut at the largest value; below θ a slope: Keras 3's, for any of its settings. */
export class ReLU extends SameShape {
  static className = 'ReLU';
  private readonly slope = this.number('alpha', 0);
  private readonly threshold = this.number('threshold', 0);

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { maxValue } = this.settings;
    return tidy(() => {
      const x = onlyTensor(inputs);
      const kept = this.threshold === 0 ? relu(x) : mul(x, cast(greater(x, this.threshold), 'float32'));
      const above = typeof maxValue === 'number' ? minimum(kept, maxValue) : kept;
      return this.slope === 0 ? above : sub(above, mul(relu(sub(this.threshold, x)), this.slope));
    });
  }
}

export class PReLU extends SameShape {
  static className = 'PReLU';
  private alpha?: ReturnType<PReLU['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    const { sharedAxes } = this.settings;
    const shared = Array.isArray(sharedAxes) ? (sharedAxes as number[]) : [];
    const [, ...sizes] = onlyShape(shapes);
    this.alpha = this.zeros(
      'alpha',
      sizes.map((size, at) => (shared.includes(at + 1) ? 1 : size)),
    );
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      return sub(relu(x), mul(relu(mul(x, -1)), this.alpha?.read() as Tensor));
    });
  }
}

/** One from θ on, or the value itself beyond θ; below, a fixed value. */
export class Threshold extends SameShape {
  static className = 'Threshold';
  private readonly threshold = this.number('threshold', 0);
  private readonly below = this.number('below', 0);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      if (this.settings.above === 'value') {
        return where(greater(x, this.threshold), x, add(zerosLike(x), this.below));
      }
      return this.settings.gradient === 'straightThrough' ? this.straightThrough(x) : this.step(x);
    });
  }

  private step(x: Tensor): Tensor {
    const fires = cast(greaterEqual(x, this.threshold), 'float32');
    return this.below === 0 ? fires : add(mul(fires, 1 - this.below), this.below);
  }

  /** Bengio et al. 2013, cut where it would push a value ever further: Hubara et al. 2016. */
  private straightThrough(x: Tensor): Tensor {
    const pass = customGrad((...args) => {
      const [value, save] = args as unknown as [Tensor, (tensors: Tensor[]) => void];
      save([value]);
      return {
        value: this.step(value),
        gradFunc: (dy: Tensor, [kept]: Tensor[]) =>
          mul(dy, cast(lessEqual(abs(sub(kept as Tensor, this.threshold)), 1), 'float32')),
      };
    });
    return pass(x);
  }
}
