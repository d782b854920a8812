/** The merging layers with Keras's stretching, masks and gradients; stock tfjs has no Subtract and cannot train stretched maxima. */
import { add, maximum, minimum, mul, onesLike, sub, type Tensor, util } from '@tensorflow/tfjs-core';
import { Joining, stretched } from '../values';

const reduced = (tensors: Tensor[], join: (a: Tensor, b: Tensor) => Tensor): Tensor => {
  const [first, ...others] = tensors;
  util.assert(first !== undefined, () => 'nothing to join');
  return others.reduce(join, first as Tensor);
};

/** The values where the mask is 1, the others' where it is 0. */
const where = (mask: Tensor, values: Tensor, others: Tensor): Tensor =>
  add(mul(values, mask), mul(others, sub(1, mask)));

type Masks = readonly (Tensor | null)[];

/**
 * The largest or least values; padding is passed over while another tensor has a value there, as in Keras. With sizes
 * of 1 stretched beforehand: the gradients of tfjs's maximum and minimum come in the shape of the result.
 */
function compared(tensors: Tensor[], masks: Masks, join: (a: Tensor, b: Tensor) => Tensor): Tensor {
  let known = masks[0] ?? null;
  const others = tensors.map((tensor, at) => ({ tensor, mask: masks[at] ?? null })).slice(1);
  return others.reduce((result, { tensor, mask }) => {
    const shape = result.shape.map((size, axis) => (size === 1 ? (tensor.shape[axis] ?? 1) : size));
    const [a, b] = [stretched(result, shape), stretched(tensor, shape)];
    const second = mask ? where(mask, b, a) : b;
    const first = known ? where(known, a, second) : a;
    known = mask && known && maximum(known, mask);
    return join(first, second);
  }, tensors[0] as Tensor);
}

export class Add extends Joining {
  static className = 'Add';
  protected join(tensors: Tensor[]): Tensor {
    return reduced(tensors, add);
  }
}

/** A shortcut and a share of a branch. Keras passes no mask on through it. */
export class CustomScaleLayer extends Joining {
  static className = 'CustomScaleLayer';
  override supportsMasking = false;

  protected join([a, b]: Tensor[]): Tensor {
    return add(a as Tensor, mul(b as Tensor, this.number('scale', 1)));
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
  /** Padding counts as 1, and is 0 where all of them have it, as in Keras. */
  protected join(tensors: Tensor[], masks: Masks): Tensor {
    const counted = tensors.map((tensor, at) => {
      const mask = masks[at];
      return mask ? where(mask, tensor, onesLike(tensor)) : tensor;
    });
    const product = reduced(counted, mul);
    const known = masks.filter((mask) => mask !== null);
    return known.length < masks.length ? product : mul(product, reduced(known, maximum));
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
  protected join(tensors: Tensor[], masks: Masks): Tensor {
    return compared(tensors, masks, maximum);
  }
}

export class Minimum extends Joining {
  static className = 'Minimum';
  protected join(tensors: Tensor[], masks: Masks): Tensor {
    return compared(tensors, masks, minimum);
  }
}
