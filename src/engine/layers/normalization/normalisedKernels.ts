/** Layers whose kernel is normalised: the layer is inside and does the work. */
import {
  add,
  cast,
  div,
  equal,
  matMul,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
  Variable,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import { OwnLayer, onlyShape, onlyTensor } from '../base';
import { Conv2D } from '../convolution/conv';
import { Dense } from '../core/dense';

type Settings = Readonly<Record<string, unknown>>;

interface Inner {
  className?: unknown;
  config?: Settings;
}

abstract class Wrapping extends OwnLayer {
  protected readonly inside: OwnLayer;
  protected readonly config: Settings;
  private kernel?: ReturnType<OwnLayer['zeros']>;

  /** @param changed settings the layer inside is to have, whatever was asked for */
  constructor(settings: Settings, changed: Settings = {}) {
    super(settings);
    const { className, config = {} } = (settings.layer ?? {}) as Inner;
    this.config = config;
    const own = { ...config, ...changed, name: `${this.name}_inside` };
    this.inside = className === 'Conv2D' ? new Conv2D(own) : new Dense(own);
  }

  override build(shapes: Shape | Shape[]): void {
    this.inside.build(shapes);
    this._trainableWeights.push(...this.inside.trainableWeights);
    const [kernel] = this.inside.trainableWeights;
    if (kernel) this.kernel = kernel;
    this.built = true;
  }

  /** With the units along the last axis. */
  protected get kernels(): Tensor {
    if (!this.kernel) throw new Error('the layer was not built');
    return this.kernel.read();
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(this.inside.computeOutputShape(shapes));
  }

  /** Keras passes no mask on through these. */
  override computeMask(): Tensor {
    // tfjs says so where there is no mask, whatever the type.
    return null as unknown as Tensor;
  }
}

/** By its largest singular value, at each training step and for good: Keras 3's way with Miyato et al. 2018. */
export class SpectralNormalization extends Wrapping {
  static className = 'SpectralNormalization';
  private vector?: ReturnType<SpectralNormalization['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    super.build(shapes);
    this.vector = this.zeros('vector_u', [1, this.kernels.shape.at(-1) ?? 1], false);
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      if (kwargs.training) this.divide();
      return this.inside.call(inputs, kwargs) as Tensor;
    });
  }

  private divide(): void {
    const [vector, kernels] = [this.vector?.read(), this.kernels];
    if (!(vector instanceof Variable && kernels instanceof Variable)) throw new Error('the layer was not built');
    const weights = reshape(kernels, [-1, kernels.shape.at(-1) ?? 1]) as Tensor2D; // [inputs, K]
    let u = vector as unknown as Tensor2D; // [1, K]
    let v = u;
    for (let turn = 0; turn < this.number('powerIterations', 1); turn++) {
      v = unit(matMul(u, weights, false, true));
      u = unit(matMul(v, weights));
    }
    const sigma = matMul(matMul(v, weights), u, false, true);
    // A kernel of zeros has no direction: it stays, and so does u.
    const none = cast(equal(sum(square(weights)), 0), 'float32');
    kernels.assign(div(kernels, reshape(add(sigma, none), [])));
    vector.assign(add(mul(u, sub(1, none)), mul(vector, none)));
  }
}

/** To length one, where it has a length. */
function unit(row: Tensor2D): Tensor2D {
  const length = sqrt(sum(square(row)));
  return div(row, add(length, cast(equal(length, 0), 'float32')));
}

/** As a length times a direction: the product with v, scaled unit by unit. */
export class WeightNormalization extends Wrapping {
  static className = 'WeightNormalization';
  private readonly activation = activationOf(this.config.activation);
  private lengths?: ReturnType<WeightNormalization['zeros']>;
  private bias?: ReturnType<WeightNormalization['zeros']>;

  constructor(settings: Settings) {
    super(settings, { activation: 'linear', useBias: false });
  }

  override build(shapes: Shape | Shape[]): void {
    super.build(shapes);
    const units = this.kernels.shape.at(-1) ?? 1;
    this.lengths = this.zeros('g', [units]);
    if (this.config.useBias !== false) this.bias = this.zeros('bias', [units]);
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      const product = this.inside.call(onlyTensor(inputs), kwargs) as Tensor;
      const axes = Array.from({ length: this.kernels.rank - 1 }, (_, axis) => axis);
      const scale = div(this.lengths?.read() as Tensor, sqrt(sum(square(this.kernels), axes)));
      const y = mul(product, scale);
      return this.activation(this.bias ? add(y, this.bias.read()) : y);
    });
  }
}
