/** Normalisations that end in a learned scale γ and shift β. */
import { add, mul, type Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { SameShape } from '../sameShape';
import { frontAxes, laidAlong } from './statistics';

export type Weight = ReturnType<Affine['zeros']>;

export abstract class Affine extends SameShape {
  protected readonly epsilon = this.number('epsilon', 1e-3);
  private gamma?: Weight;
  private beta?: Weight;

  /** The axes along which the weights lie. */
  protected axesOf(rank: number): number[] {
    return frontAxes(this.settings.axis, rank);
  }

  /** @param shape of the layer's input */
  protected addAffine(shape: Shape, scale = this.flag('scale', true), center = this.flag('center', true)): number[] {
    const sizes = this.axesOf(shape.length).map((axis) => shape[axis] ?? 1);
    if (scale) this.gamma = this.zeros('gamma', sizes);
    if (center) this.beta = this.zeros('beta', sizes);
    return sizes;
  }

  /** γ and β as they lie along the last axis. */
  protected get alongLast(): { gamma: Tensor | null; beta: Tensor | null } {
    return { gamma: this.gamma?.read() ?? null, beta: this.beta?.read() ?? null };
  }

  protected scaled(normal: Tensor): Tensor {
    const axes = this.axesOf(normal.rank);
    const along = (weight: Weight): Tensor => laidAlong(weight.read(), axes, normal.shape);
    const scaled = this.gamma ? mul(normal, along(this.gamma)) : normal;
    return this.beta ? add(scaled, along(this.beta)) : scaled;
  }
}
