/**
 * Batch normalisation along any axis and for any rank, with or without scale and shift (stock tfjs cannot train
 * without them), with renormalisation and masks, and with its own gradient: one expression instead of some
 * twenty-five small operations.
 */
import {
  add,
  cast,
  clipByValue,
  div,
  maximum,
  minimum,
  mul,
  onesLike,
  relu,
  reshape,
  rsqrt,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  Variable,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { normaliseColumns } from '../../fused/columns';
import { canFuse } from '../../fused/own';
import { onlyShape, onlyTensor } from '../base';
import { Affine, type Weight } from './affine';
import { laidAlong, otherAxes, standardise } from './statistics';

/** Keras's epsilon, for sums of weights that may be zero. */
const TINY = 1e-7;

export class BatchNormalization extends Affine {
  static className = 'BatchNormalization';
  private readonly momentum = this.number('momentum', 0.99);
  private readonly renormMomentum = this.number('renormMomentum', 0.99);
  private readonly renorm = this.flag('renorm', false);
  private readonly averages = new Map<string, Weight>();

  override build(shapes: Shape | Shape[]): void {
    const sizes = this.addAffine(onlyShape(shapes));
    const names = ['moving_mean', 'moving_variance'];
    if (this.renorm) names.push('moving_stddev', 'renorm_mean', 'renorm_stddev');
    for (const name of names) this.averages.set(name, this.zeros(name, sizes, false));
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean; mask?: Tensor | null }): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      if (!kwargs.training || !this.trainable) return this.scaled(this.byAverages(x));
      if (kwargs.mask) return this.scaled(this.overMarked(x, kwargs.mask));
      if (this.renorm || !canFuse() || this.axesOf(x.rank).join() !== String(x.rank - 1))
        return this.scaled(this.overBatch(x));
      const { gamma, beta } = this.alongLast;
      return normaliseColumns(x, gamma, beta, this.epsilon, ({ mean, variance }) => void this.take(mean, variance));
    });
  }

  private average(name: string): Tensor {
    const weight = this.averages.get(name);
    if (!weight) throw new Error('the layer was not built');
    return weight.read();
  }

  private byAverages(x: Tensor): Tensor {
    const along = (name: string): Tensor => laidAlong(this.average(name), this.axesOf(x.rank), x.shape);
    return mul(sub(x, along('moving_mean')), rsqrt(add(along('moving_variance'), this.epsilon)));
  }

  private overBatch(x: Tensor): Tensor {
    return standardise(x, otherAxes(this.axesOf(x.rank), x.rank), this.epsilon, (mean, variance) =>
      this.take(mean, variance),
    );
  }

  /** Over the steps that are no padding. */
  private overMarked(x: Tensor, mask: Tensor): Tensor {
    const axes = otherAxes(this.axesOf(x.rank), x.rank);
    const ones = Array.from({ length: x.rank - mask.rank }, () => 1);
    const marked = mul(cast(reshape(mask, [...mask.shape, ...ones]), 'float32'), onesLike(x));
    const count = add(sum(marked, axes, true), TINY);
    const mean = div(sum(mul(x, marked), axes, true), count);
    const centred = sub(x, mean);
    const variance = div(sum(mul(square(centred), marked), axes, true), count);
    const correction = this.take(mean, variance);
    const normal = mul(centred, rsqrt(add(variance, this.epsilon)));
    return correction ? add(mul(normal, correction.r), correction.d) : normal;
  }

  /** Takes a batch's statistics into the averages, and says how it is to be corrected towards them. */
  private take(batchMean: Tensor, batchVariance: Tensor): { r: Tensor; d: Tensor } | null {
    const shape = batchMean.shape;
    const [mean, variance] = [reshape(batchMean, [batchMean.size]), reshape(batchVariance, [batchMean.size])];
    this.follow('moving_mean', mean, this.momentum);
    if (!this.renorm) {
      this.follow('moving_variance', variance, this.momentum);
      return null;
    }
    const deviation = sqrt(add(variance, this.epsilon));
    const usual = maximum(this.average('renorm_stddev'), Math.sqrt(this.epsilon));
    const { rmin, rmax, dmax } = this.limits();
    const r = within(div(deviation, usual), rmin, rmax);
    const d = within(div(sub(mean, this.average('renorm_mean')), usual), dmax === null ? null : -dmax, dmax);
    this.follow('renorm_mean', mean, this.renormMomentum);
    this.follow('renorm_stddev', deviation, this.renormMomentum);
    const moving = this.follow('moving_stddev', deviation, this.momentum);
    assign(this.averages.get('moving_variance'), relu(sub(square(moving), this.epsilon)));
    return { r: reshape(r, shape), d: reshape(d, shape) };
  }

  private limits(): Record<'rmin' | 'rmax' | 'dmax', number | null> {
    const given = this.settings.renormClipping as Readonly<Record<string, unknown>> | null | undefined;
    const limit = (name: string): number | null => (typeof given?.[name] === 'number' ? given[name] : null);
    return { rmin: limit('rmin'), rmax: limit('rmax'), dmax: limit('dmax') };
  }

  /** Keras 3: moving = moving·m + batch·(1 − m), with the biased variance. */
  private follow(name: string, batch: Tensor, momentum: number): Tensor {
    const moved = add(mul(this.average(name), momentum), mul(batch, 1 - momentum));
    assign(this.averages.get(name), moved);
    return moved;
  }
}

function assign(weight: Weight | undefined, value: Tensor): void {
  const variable = weight?.read();
  if (variable instanceof Variable) variable.assign(value);
}

function within(x: Tensor, low: number | null, high: number | null): Tensor {
  if (low !== null && high !== null && low < high) return clipByValue(x, low, high);
  const cut = low === null ? x : maximum(x, low);
  return high === null ? cut : minimum(cut, high);
}
