/** Layers that apply one function, where stock tfjs has a setting missing or a name unknown. */
import { add, elu, exp, leakyRelu, minimum, mul, relu, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import { OwnLayer, onlyShape, onlyTensor } from '../base';
import { SameShape } from '../sameShape';

export class Activation extends SameShape {
  static className = 'Activation';
  private readonly apply_ = activationOf(this.settings.activation);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => this.apply_(onlyTensor(inputs)));
  }
}

/** The first half of the last axis, gated by the second. */
export class GLU extends OwnLayer {
  static className = 'GLU';
  override supportsMasking = true;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => activationOf('glu')(onlyTensor(inputs)));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const last = shape.at(-1) ?? null;
    return [...shape.slice(0, -1), last === null ? null : last / 2];
  }
}

/** The same values; tfjs copies what a layer gives back unchanged. */
export class Identity extends SameShape {
  static className = 'Identity';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return onlyTensor(inputs);
  }
}

/** x above zero, α(eˣ − 1) below; stock tfjs knows α = 1 only. */
export class ELU extends SameShape {
  static className = 'ELU';
  private readonly alpha = this.number('alpha', 1);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      if (this.alpha === 1) return elu(x);
      // Below zero only, so that eˣ stays finite.
      return add(relu(x), mul(sub(exp(minimum(x, 0)), 1), this.alpha));
    });
  }
}

export class LeakyReLU extends SameShape {
  static className = 'LeakyReLU';
  private readonly slope = this.number('alpha', 0.3);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => leakyRelu(onlyTensor(inputs), this.slope));
  }
}
