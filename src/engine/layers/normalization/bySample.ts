/** Normalisations of each sample by itself. */
import {
  add,
  matMul,
  maximum,
  mean,
  mul,
  pow,
  reshape,
  rsqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { canFuse } from '../../fused/own';
import { normaliseRows } from '../../fused/rows';
import { onlyShape, onlyTensor } from '../base';
import { SameShape } from '../sameShape';
import { Affine, type Weight } from './affine';
import { frontAxes, laidAlong, momentsOf, standardise } from './statistics';

/** Over one axis or several. */
export class LayerNormalization extends Affine {
  static className = 'LayerNormalization';
  private readonly rms = this.flag('rmsScaling', false);

  override build(shapes: Shape | Shape[]): void {
    this.addAffine(onlyShape(shapes), this.rms || this.flag('scale', true), !this.rms && this.flag('center', true));
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const axes = this.axesOf(x.rank);
      if (!this.rms && canFuse() && axes.join() === String(x.rank - 1)) {
        const { gamma, beta } = this.alongLast;
        return normaliseRows(x, gamma, beta, this.epsilon);
      }
      if (!this.rms) return this.scaled(standardise(x, axes, this.epsilon));
      // As Keras: divided by the deviation about the mean, though the mean stays in.
      return this.scaled(mul(x, rsqrt(add(momentsOf(x, axes).variance, this.epsilon))));
    });
  }
}

/** Over groups of channels and all places. */
export class GroupNormalization extends Affine {
  static className = 'GroupNormalization';

  override build(shapes: Shape | Shape[]): void {
    this.addAffine(onlyShape(shapes));
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const [axis = x.rank - 1] = this.axesOf(x.rank);
      const channels = x.shape[axis] ?? 1;
      const wanted = this.number('groups', 32);
      const groups = wanted === -1 ? channels : wanted;
      // […, G, C/G, …]: all but the samples and the groups is taken together.
      const parted = [...x.shape.slice(0, axis), groups, channels / groups, ...x.shape.slice(axis + 1)];
      const together = [...parted.keys()].filter((at) => at !== 0 && at !== axis);
      return this.scaled(reshape(standardise(reshape(x, parted), together, this.epsilon), x.shape));
    });
  }
}

/** By the root mean square; Keras does not pass masks on through it. */
export class RMSNormalization extends SameShape {
  static className = 'RMSNormalization';
  private scale?: Weight;

  override build(shapes: Shape | Shape[]): void {
    const shape = onlyShape(shapes);
    const sizes = frontAxes(this.settings.axis, shape.length).map((axis) => shape[axis] ?? 1);
    this.scale = this.zeros('scale', sizes);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const axes = frontAxes(this.settings.axis, x.rank);
      const inverse = rsqrt(add(mean(square(x), axes, true), this.number('epsilon', 1e-6)));
      return mul(mul(x, inverse), laidAlong(this.scale?.read() as Tensor, axes, x.shape));
    });
  }

  override computeMask(): Tensor {
    // tfjs says so where there is no mask, whatever the type.
    return null as unknown as Tensor;
  }
}

/** No length is taken for less than this. */
const SHORTEST = 1e-12;

export class UnitNormalization extends SameShape {
  static className = 'UnitNormalization';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const squares = sum(square(x), frontAxes(this.settings.axis, x.rank), true);
      return mul(x, rsqrt(maximum(squares, SHORTEST ** 2)));
    });
  }
}

/** Krizhevsky, Sutskever & Hinton 2012. Squares are summed over neighbouring channels by a matrix with a band of ones. */
export class LocalResponseNormalization extends SameShape {
  static className = 'LocalResponseNormalization';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const channels = x.shape.at(-1) ?? 1;
      const squares = reshape(square(x), [-1, channels]) as Tensor2D;
      const sums = reshape(matMul(squares, band(channels, this.number('depthRadius', 2))), x.shape);
      const base = add(mul(sums, this.number('alpha', 1e-4)), this.number('bias', 2));
      return mul(x, pow(base, -this.number('beta', 0.75)));
    });
  }
}

function band(size: number, radius: number): Tensor2D {
  const row = (at: number): number[] =>
    Array.from({ length: size }, (_, other) => (Math.abs(at - other) <= radius ? 1 : 0));
  return tensor2d(Array.from({ length: size }, (_, at) => row(at)));
}
