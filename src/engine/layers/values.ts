/** Joining tensors value by value, as Keras's merging layers do. */
import { add, cast, expandDims, logicalOr, reshape, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { maskOf } from '../masks';
import { OwnLayer } from './base';

/** Tensors with fewer axes than the others get axes of size 1 after the batch. */
export function aligned(tensors: readonly Tensor[]): Tensor[] {
  const rank = Math.max(...tensors.map((tensor) => tensor.rank));
  return tensors.map((tensor) => {
    const [batch = 1, ...rest] = tensor.shape;
    return tensor.rank === rank ? tensor : reshape(tensor, [batch, ...ones(rank - tensor.rank), ...rest]);
  });
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

function commonShape(shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map(({ length }) => length));
  const full = shapes.map(([batch = null, ...rest]) => [batch, ...ones(rank - rest.length - 1), ...rest]);
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = full.map((shape) => shape[axis] ?? null);
    return sizes.find((size) => size !== null && size !== 1) ?? (sizes.includes(null) ? null : 1);
  });
}

/** Stretches axes of size 1, so that gradients come back in the tensor's own shape: by adding zeros, any rank can. */
export function stretched(tensor: Tensor, shape: number[]): Tensor {
  return tensor.shape.every((size, axis) => size === shape[axis]) ? tensor : add(tensor, zeros(shape));
}

/** A layer that joins its tensors value by value. */
export abstract class Joining extends OwnLayer {
  override supportsMasking = true;

  /** Joins tensors of one rank; a mask has 1 where a value counts and 0 where it is padding. */
  protected abstract join(tensors: Tensor[], masks: readonly (Tensor | null)[]): Tensor;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const given = Array.isArray(inputs) ? inputs : [inputs];
      // Keras, too, loses sight of the masks where ranks differ.
      const oneRank = given.every(({ rank }) => rank === given[0]?.rank);
      const masks = given.map((tensor) => {
        const mask = oneRank ? maskOf(tensor) : null;
        return mask && expandDims(cast(mask, 'float32'), -1);
      });
      return this.join(aligned(given), masks);
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return Array.isArray(shapes[0]) ? commonShape(shapes as Shape[]) : (shapes as Shape);
  }

  /** What is padding in every input is padding in the result. */
  override computeMask(_: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const masks: (Tensor | null | undefined)[] = Array.isArray(mask) ? mask : [mask];
    const known = masks.filter((one) => one !== null && one !== undefined);
    // tfjs says so where there is no mask, whatever the type.
    if (known.length < masks.length || known.length === 0) return null as unknown as Tensor;
    return tidy(() => known.reduce((a, b) => logicalOr(a, b)));
  }
}
