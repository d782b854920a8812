/** Rescaling, normalisation by statistics, and indices as rows. */
import {
  add,
  cast,
  div,
  equal,
  greater,
  maximum,
  mul,
  range,
  reshape,
  sqrt,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { type LayerClass, OwnLayer, onlyShape, onlyTensor } from '../base';

type Weight = ReturnType<OwnLayer['zeros']>;

class Rescaling extends OwnLayer {
  static className = 'Rescaling';
  override supportsMasking = true;

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => add(mul(onlyTensor(inputs), this.number('scale', 1)), this.number('offset', 0)));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}

/** Keras keeps the deviation from zero. */
const SMALLEST = 1e-7;

class Normalization extends OwnLayer {
  static className = 'Normalization';
  private kept?: [mean: Weight, variance: Weight];

  override build(shapes: Shape | Shape[]): void {
    if (!Array.isArray(this.settings.mean)) {
      const features = [onlyShape(shapes).at(-1) ?? 1];
      this.kept = [this.zeros('mean', features, false), this.zeros('variance', features, false)];
      // How many samples the statistics are of; Keras keeps it beside them.
      this.zeros('count', [], false);
    }
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const [mean, variance] = this.kept
        ? this.kept.map((weight) => weight.read())
        : [tensor(this.settings.mean as number[]), tensor(this.settings.variance as number[])];
      return div(sub(onlyTensor(inputs), mean as Tensor), maximum(sqrt(variance as Tensor), SMALLEST));
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}

class CategoryEncoding extends OwnLayer {
  static className = 'CategoryEncoding';
  private readonly count = this.number('numTokens', 1);
  private readonly mode = String(this.settings.outputMode ?? 'multi_hot')
    .replace('_', '')
    .toLowerCase();

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const [batch = 1, places = 1] = x.shape;
      // Not by oneHot, which tfjs refuses for a single category.
      const each = cast(equal(reshape(cast(x, 'float32'), [batch, places, 1]), range(0, this.count)), 'float32');
      if (this.mode === 'onehot') return places === 1 ? reshape(each, [batch, this.count]) : each;
      const counted = sum(each, 1);
      return this.mode === 'count' ? counted : cast(greater(counted, 0), 'float32');
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [batch = null, places = null] = onlyShape(shapes);
    return this.mode === 'onehot' && places !== 1 ? [batch, places, this.count] : [batch, this.count];
  }
}

export const valueClasses: readonly LayerClass[] = [Rescaling, Normalization, CategoryEncoding];
