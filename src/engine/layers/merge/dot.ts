/** Dot products along any axis, for any ranks; stock tfjs reshapes wrongly where an axis is not the last. */
import {
  matMul,
  maximum,
  mul,
  reshape,
  rsqrt,
  square,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer } from '../base';

export class Dot extends OwnLayer {
  static className = 'Dot';
  private readonly normalised = this.flag('normalize', false);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const [a, b] = inputs as [Tensor, Tensor];
      const [one, two] = this.axesOf(a.rank, b.rank);
      const left = this.rowsOf(a, one); // [N, M, K]
      const right = this.rowsOf(b, two); // [N, L, K]
      const shape = [...without(a.shape, one), ...without(b.shape, two).slice(1)];
      return reshape(matMul(left, right, false, true), shape.length === 1 ? [...shape, 1] : shape) as Tensor;
    });
  }

  /** All places that are not the axis in one, the axis last. */
  private rowsOf(x: Tensor, axis: number): Tensor3D {
    const [batch = 1] = x.shape;
    const size = x.shape[axis] ?? 1;
    const order = [...without([...x.shape.keys()], axis), axis];
    const rows = reshape(axis === x.rank - 1 ? x : transpose(x, order), [batch, x.size / batch / size, size]);
    return (this.normalised ? unit(rows) : rows) as Tensor3D;
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [a, b] = shapes as [Shape, Shape];
    const [one, two] = this.axesOf(a.length, b.length);
    const shape = [...without(a, one), ...without(b, two).slice(1)];
    return shape.length === 1 ? [...shape, 1] : shape;
  }

  private axesOf(first: number, second: number): [number, number] {
    const { axes } = this.settings;
    const [one = -1, two = one] = Array.isArray(axes) ? (axes as number[]) : [Number(axes ?? -1)];
    return [one < 0 ? first + one : one, two < 0 ? second + two : two];
  }
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);

/** Keras's `normalize`: the squared length counts as 10⁻¹² at least. */
const unit = (rows: Tensor): Tensor => mul(rows, rsqrt(maximum(sum(square(rows), -1, true), 1e-12)));
