/** Layers that change every value by itself. */
import {
  abs,
  add,
  customGrad,
  maximum,
  minimum,
  mul,
  pow,
  sign,
  square,
  sub,
  type Tensor,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { onlyTensor } from '../base';
import { SameShape } from '../sameShape';
import { Joining } from '../values';

abstract class Valuewise extends SameShape {
  protected abstract change(x: Tensor): Tensor;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => this.change(onlyTensor(inputs)));
  }
}

export class Scale extends Valuewise {
  static className = 'Scale';
  protected change(x: Tensor): Tensor {
    return add(mul(x, this.number('factor', 1)), this.number('offset', 0));
  }
}

export class Clip extends Valuewise {
  static className = 'Clip';
  protected change(x: Tensor): Tensor {
    // Not by clipByValue: on wasm it fails where the bounds are equal in float32.
    return minimum(maximum(x, this.number('lower', -1)), this.number('upper', 1));
  }
}

/** The least size whose roots and inverses are taken. */
const LEAST = 1e-7;

export class Power extends Valuewise {
  static className = 'Power';
  protected change(x: Tensor): Tensor {
    const exponent = this.number('exponent', 2);
    const whole = Number.isInteger(exponent);
    if (exponent === 0) return add(mul(x, 0), 1);
    if (exponent === 1) return add(x, 0);
    if (exponent === 2) return square(x);
    const size = whole && exponent > 0 ? abs(x) : maximum(abs(x), LEAST);
    const raised = whole && exponent > 0 ? repeated(size, exponent) : pow(size, exponent);
    return whole && exponent % 2 !== 0 ? mul(raised, sign(x)) : raised;
  }
}

/** Whole powers as products: tfjs's `pow` has NaN for its gradient at zero on some backends. */
function repeated(x: Tensor, exponent: number): Tensor {
  if (exponent === 1) return x;
  const half = repeated(x, Math.floor(exponent / 2));
  return exponent % 2 === 0 ? square(half) : mul(square(half), x);
}

const blocked = customGrad((...args) => {
  const x = args[0] as Tensor;
  return { value: add(x, 0), gradFunc: (dy: Tensor) => zerosLike(dy) };
});

export class StopGradient extends Valuewise {
  static className = 'StopGradient';
  protected change(x: Tensor): Tensor {
    return blocked(x);
  }
}

export class GradientReversal extends Valuewise {
  static className = 'GradientReversal';
  private readonly reversed = customGrad((...args) => {
    const x = args[0] as Tensor;
    return { value: add(x, 0), gradFunc: (dy: Tensor) => mul(dy, -this.number('factor', 1)) };
  });

  protected change(x: Tensor): Tensor {
    return this.reversed(x);
  }
}

export class AbsoluteDifference extends Joining {
  static className = 'AbsoluteDifference';
  protected join([a, b]: Tensor[]): Tensor {
    return abs(sub(a as Tensor, b as Tensor));
  }
}

export class SquaredDifference extends Joining {
  static className = 'SquaredDifference';
  protected join([a, b]: Tensor[]): Tensor {
    return square(sub(a as Tensor, b as Tensor));
  }
}
