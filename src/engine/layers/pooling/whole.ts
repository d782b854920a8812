/** Global pooling: one value for each whole channel. */
import { cast, div, expandDims, max, maximum, mean, mul, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { LayerClass } from '../base';
import { Spatial } from '../spatial';

abstract class Global extends Spatial {
  protected readonly keepdims = this.flag('keepdims', false);

  protected override after(spatial: readonly (number | null)[]): (number | null)[] | null {
    return this.keepdims ? spatial.map(() => 1) : null;
  }
}

const spatialOf = (x: Tensor): number[] => x.shape.slice(1, -1).map((_, axis) => axis + 1);

function globalMax(name: string): LayerClass {
  return class extends Global {
    static className = name;

    protected override compute(x: Tensor): Tensor {
      return max(x, spatialOf(x), this.keepdims);
    }
  };
}

function globalMean(name: string): LayerClass {
  return class extends Global {
    static className = name;
    // Keras lets a sequence's padding be left out of its mean.
    override supportsMasking = name.endsWith('1D');

    protected override compute(x: Tensor, mask?: Tensor): Tensor {
      // With channels first the axis that is marked may be that of the channels, of which no mean is taken.
      if (!mask || x.rank !== 3 || mask.shape[1] !== x.shape[1]) return mean(x, spatialOf(x), this.keepdims);
      const counted = expandDims(cast(mask, 'float32'), -1); // [N, T, 1]
      // Of nothing but padding the mean is 0; Keras's is NaN, and one empty text would end the training.
      return div(sum(mul(x, counted), 1, this.keepdims), maximum(sum(counted, 1, this.keepdims), 1));
    }

    override computeMask(): Tensor {
      return null as unknown as Tensor;
    }
  };
}

export const globalClasses: readonly LayerClass[] = [1, 2, 3].flatMap((axes) => [
  globalMax(`GlobalMaxPooling${axes}D`),
  globalMean(`GlobalAveragePooling${axes}D`),
]);
