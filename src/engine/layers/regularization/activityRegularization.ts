/** Adds λ₁·Σ|x| + λ₂·Σx² to the loss, for each sample of the batch. */
import { abs, add, mul, type Scalar, scalar, square, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { addStepLoss } from '../../stepLosses';
import { onlyTensor } from '../base';
import { SameShape } from '../sameShape';

export class ActivityRegularization extends SameShape {
  static className = 'ActivityRegularization';
  private readonly l1 = this.number('l1', 0);
  private readonly l2 = this.number('l2', 0);

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor(inputs);
    addStepLoss(() => tidy(() => this.penalty(x)));
    return x;
  }

  private penalty(x: Tensor): Scalar {
    let total: Tensor = scalar(0);
    if (this.l1 > 0) total = add(total, mul(sum(abs(x)), this.l1));
    if (this.l2 > 0) total = add(total, mul(sum(square(x)), this.l2));
    return mul(total, 1 / Math.max(1, x.shape[0] ?? 1));
  }
}
