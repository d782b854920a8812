/** Joins tensors end to end, and their masks; stock tfjs cannot join the masks of steps where one tensor has none. */
import { add, any, cast, concat, expandDims, onesLike, type Tensor, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer } from '../base';

export class Concatenate extends OwnLayer {
  static className = 'Concatenate';
  override supportsMasking = true;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const tensors = Array.isArray(inputs) ? inputs : [inputs];
      return concat(tensors, this.axisIn(tensors[0]?.rank ?? 0));
    });
  }

  private axisIn(rank: number): number {
    const axis = this.number('axis', -1);
    return axis < 0 ? rank + axis : axis;
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const given = shapes as Shape[];
    const [first = []] = given;
    const axis = this.axisIn(first.length);
    const sizes = given.map((shape) => shape[axis] ?? null);
    const total = sizes.reduce<number | null>((a, b) => (a === null || b === null ? null : a + b), 0);
    return first.map((size, at) => (at === axis ? total : size));
  }

  /** A step is padding where all values joined into it are. */
  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const tensors = Array.isArray(inputs) ? inputs : [inputs];
    const masks: (Tensor | null | undefined)[] = Array.isArray(mask) ? mask : [mask];
    // tfjs says so where there is no mask, whatever the type.
    if (masks.every((one) => !one)) return null as unknown as Tensor;
    return tidy(() => {
      const full = tensors.map((tensor, at) => {
        const own = masks[at];
        if (!own) return cast(onesLike(tensor), 'bool');
        const wide = own.rank < tensor.rank ? expandDims(cast(own, 'float32'), -1) : cast(own, 'float32');
        return cast(add(wide, zerosLike(tensor)), 'bool');
      });
      return any(concat(full, this.axisIn(tensors[0]?.rank ?? 0)), -1);
    });
  }
}
