/** Max, average, min and L2-norm pooling over one, two or three axes. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerClass } from '../base';
import { Spatial } from '../spatial';
import { lengthOf, maxOf, meanOf, minOf, type PoolWindow, pooledSize } from './windows';

function poolingClass(name: string, axes: number, pool: (x: Tensor, window: PoolWindow) => Tensor): LayerClass {
  return class extends Spatial {
    static className = name;
    private readonly window: PoolWindow;

    constructor(settings: Readonly<Record<string, unknown>>) {
      super(settings);
      const size = this.sizes('poolSize', axes, 2);
      const strides = this.settings.strides == null ? size : this.sizes('strides', axes, 1);
      this.window = { size, strides, padding: this.settings.padding === 'same' ? 'same' : 'valid' };
    }

    protected override compute(x: Tensor): Tensor {
      return pool(x, this.window);
    }

    protected override after(spatial: readonly (number | null)[]): (number | null)[] {
      const { size, strides, padding } = this.window;
      return spatial.map((length, axis) =>
        length === null ? null : pooledSize(length, size[axis] ?? 1, strides[axis] ?? 1, padding),
      );
    }
  };
}

export const windowClasses: readonly LayerClass[] = [1, 2, 3].flatMap((axes) => [
  poolingClass(`MaxPooling${axes}D`, axes, maxOf),
  poolingClass(`AveragePooling${axes}D`, axes, meanOf),
  poolingClass(`MinPooling${axes}D`, axes, minOf),
  poolingClass(`L2NormPooling${axes}D`, axes, lengthOf),
]);
