/** Pooling into a given number of windows, which may overlap by one where the axis does not divide evenly. */
import { concat, max, mean, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { type LayerClass, OwnLayer, onlyShape, onlyTensor } from '../base';
import { Spatial } from '../spatial';

type Pool = (x: Tensor, axis: number, keepdims: boolean) => Tensor;

/** Window `at` of `count` over an axis: from ⌊at·L/count⌋ to ⌈(at + 1)·L/count⌉, PyTorch's rule. */
function part(x: Tensor, axis: number, at: number, count: number): Tensor {
  const length = x.shape[axis] ?? 1;
  const start = Math.floor((at * length) / count);
  const end = Math.ceil(((at + 1) * length) / count);
  const [from, size] = [x.shape.map(() => 0), [...x.shape]];
  from[axis] = start;
  size[axis] = end - start;
  return slice(x, from, size);
}

/** Along one axis after the other: means and largest values of boxes are those of their rows. */
function adaptive(x: Tensor, counts: readonly number[], pool: Pool): Tensor {
  return counts.reduce((y, count, at) => {
    const parts = Array.from({ length: count }, (_, place) => pool(part(y, at + 1, place, count), at + 1, true));
    return concat(parts, at + 1);
  }, x);
}

function adaptiveClass(name: string, axes: number, pool: Pool): LayerClass {
  return class extends Spatial {
    static className = name;
    private readonly counts = this.sizes('outputSize', axes, 1);

    protected override compute(x: Tensor): Tensor {
      return adaptive(x, this.counts, pool);
    }

    protected override after(): number[] {
      return this.counts;
    }
  };
}

/** He et al. 2014: the levels one after the other, the parts of a level row by row, the channels of a part together. */
class SpatialPyramidPooling2D extends OwnLayer {
  static className = 'SpatialPyramidPooling2D';
  private readonly levels = (this.settings.levels ?? [1]) as number[];

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor(inputs);
    return concat(
      this.levels.map((count) => reshape(adaptive(x, [count, count], max), [x.shape[0] ?? 1, -1])),
      1,
    );
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [batch = null, , , channels = null] = onlyShape(shapes);
    const parts = this.levels.reduce((sum, count) => sum + count * count, 0);
    return [batch, channels === null ? null : parts * channels];
  }
}

export const adaptiveClasses: readonly LayerClass[] = [
  ...[1, 2, 3].flatMap((axes) => [
    adaptiveClass(`AdaptiveAveragePooling${axes}D`, axes, mean),
    adaptiveClass(`AdaptiveMaxPooling${axes}D`, axes, max),
  ]),
  SpatialPyramidPooling2D,
];
