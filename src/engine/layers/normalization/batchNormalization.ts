/**
 * Batch normalisation over the last axis, for any rank, with or without scale and shift (stock tfjs cannot
 * train without them), with its own gradient: one expression instead of some twenty-five small operations.
 */
import {
  add,
  customGrad,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  Variable,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

type Weight = ReturnType<BatchNormalization['zeros']>;

export class BatchNormalization extends OwnLayer {
  static className = 'BatchNormalization';
  private readonly momentum = this.number('momentum', 0.99);
  private readonly epsilon = this.number('epsilon', 1e-3);
  private gamma?: Weight;
  private beta?: Weight;
  private movingMean?: Weight;
  private movingVariance?: Weight;

  override build(shapes: Shape | Shape[]): void {
    const channels = [onlyShape(shapes).at(-1) ?? 1];
    if (this.flag('scale', true)) this.gamma = this.zeros('gamma', channels);
    if (this.flag('center', true)) this.beta = this.zeros('beta', channels);
    this.movingMean = this.zeros('moving_mean', channels, false);
    this.movingVariance = this.zeros('moving_variance', channels, false);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // […, C]
      const normal = kwargs.training && this.trainable ? this.overBatch(x) : this.byAverages(x);
      const scaled = this.gamma ? mul(normal, this.gamma.read()) : normal;
      return this.beta ? add(scaled, this.beta.read()) : scaled;
    });
  }

  private byAverages(x: Tensor): Tensor {
    const [average, variance] = [this.movingMean?.read(), this.movingVariance?.read()];
    if (!average || !variance) throw new Error('the layer was not built');
    return mul(sub(x, average), rsqrt(add(variance, this.epsilon)));
  }

  private overBatch(x: Tensor): Tensor {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const average = mean(x, axes); // [C]
    const centred = sub(x, average);
    const variance = mean(square(centred), axes); // [C]
    this.follow(this.movingMean, average);
    this.follow(this.movingVariance, variance);
    return normalise(x, centred, rsqrt(add(variance, this.epsilon)), axes);
  }

  /** Keras 3: moving = moving·m + batch·(1 − m), with the biased variance. */
  private follow(moving: Weight | undefined, batch: Tensor): void {
    const variable = moving?.read();
    if (variable instanceof Variable) variable.assign(add(mul(variable, this.momentum), mul(batch, 1 - this.momentum)));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}

/**
 * x̂ = (x − μ)/σ with dx = (dy − mean(dy) − x̂·mean(dy·x̂))/σ (Ioffe & Szegedy 2015): the statistics depend on x,
 * and this says how, so they need no gradients of their own.
 */
function normalise(x: Tensor, centred: Tensor, inverse: Tensor, axes: number[]): Tensor {
  const op = customGrad((...args) => {
    const save = args.at(-1) as (tensors: Tensor[]) => void;
    const normal = mul(centred, inverse);
    save([normal, inverse]);
    return {
      value: normal,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [hat, scale] = saved as [Tensor, Tensor];
        const count = dy.size / (dy.shape.at(-1) ?? 1);
        const aside = mul(sum(dy, axes), 1 / count); // [C]
        const along = mul(sum(mul(dy, hat), axes), 1 / count); // [C]
        return mul(sub(sub(dy, aside), mul(hat, along)), scale);
      },
    };
  });
  return op(x);
}
