/** The merging layers with Keras's stretching and its gradients; stock tfjs has no Subtract and cannot train stretched maxima. */
import { add, maximum, minimum, mul, sub, type Tensor, util } from '@tensorflow/tfjs-core';
import { Joining, stretched } from '../values';

const reduced = (tensors: Tensor[], join: (a: Tensor, b: Tensor) => Tensor): Tensor => {
  const [first, ...others] = tensors;
  util.assert(first !== undefined, () => 'nothing to join');
  return others.reduce(join, first as Tensor);
};

/** With sizes of 1 stretched beforehand: the gradients of tfjs's maximum and minimum come in the shape of the result. */
const compared = (tensors: Tensor[], join: (a: Tensor, b: Tensor) => Tensor): Tensor =>
  reduced(tensors, (a, b) => {
    const shape = a.shape.map((size, axis) => (size === 1 ? (b.shape[axis] ?? 1) : size));
    return join(stretched(a, shape), stretched(b, shape));
  });

export class Add extends Joining {
  static className = 'Add';
  protected join(tensors: Tensor[]): Tensor {
    return reduced(tensors, add);
  }
}

export class Subtract extends Joining {
  static className = 'Subtract';
  protected join(tensors: Tensor[]): Tensor {
    return reduced(tensors, sub);
  }
}

export class Multiply extends Joining {
  static className = 'Multiply';
  protected join(tensors: Tensor[]): Tensor {
    return reduced(tensors, mul);
  }
}

export class Average extends Joining {
  static className = 'Average';
  protected join(tensors: Tensor[]): Tensor {
    return mul(reduced(tensors, add), 1 / tensors.length);
  }
}

export class Maximum extends Joining {
  static className = 'Maximum';
  protected join(tensors: Tensor[]): Tensor {
    return compared(tensors, maximum);
  }
}

export class Minimum extends Joining {
  static className = 'Minimum';
  protected join(tensors: Tensor[]): Tensor {
    return compared(tensors, minimum);
  }
}
