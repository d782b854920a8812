/** Making images larger and smaller, along one axis after the other, in ways that have gradients on every backend. */
import { matMul, mul, ones, reshape, type Tensor, type Tensor3D, tensor3d } from '@tensorflow/tfjs-core';
import type { LayerClass } from '../base';
import { Spatial } from '../spatial';

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** Says each value along an axis so many times. */
function repeated(x: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return x;
  const { shape } = x;
  const length = shape[axis] ?? 1;
  const apart = reshape(x, [product(shape.slice(0, axis)) * length, 1, product(shape.slice(axis + 1))]);
  const all = mul(apart, ones([1, times, 1]));
  return reshape(
    all,
    shape.map((size, at) => (at === axis ? length * times : size)),
  );
}

type Way = 'nearest' | 'bilinear';

/** What each of `to` places takes of `from` values; pixels are little squares, as Keras has it. */
function mixture(from: number, to: number, way: Way): Tensor3D {
  const weights = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    const centre = ((row + 0.5) * from) / to;
    if (way === 'nearest') {
      weights[row * from + Math.min(from - 1, Math.floor(centre))] = 1;
      continue;
    }
    const place = centre - 0.5;
    const below = Math.floor(place);
    const share = place - below;
    const add = (at: number, weight: number): void => {
      const index = row * from + Math.min(from - 1, Math.max(0, at));
      weights[index] = (weights[index] ?? 0) + weight;
    };
    add(below, 1 - share);
    add(below + 1, share);
  }
  return tensor3d(weights, [1, to, from]);
}

function resized(x: Tensor, axis: number, to: number, way: Way): Tensor {
  const { shape } = x;
  const from = shape[axis] ?? 1;
  if (from === to) return x;
  const [before, after] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
  const rows = reshape(x, [before, from, after]) as Tensor3D;
  // The same mixture for every row before: as one product it is the transposed way round.
  const mixed = matMul(mixture(from, to, way), rows);
  return reshape(
    mixed,
    shape.map((size, at) => (at === axis ? to : size)),
  );
}

function upSamplingClass(axes: number): LayerClass {
  return class extends Spatial {
    static className = `UpSampling${axes}D`;
    private readonly factors = this.sizes('size', axes, 2);
    private readonly bilinear = this.settings.interpolation === 'bilinear';

    protected override compute(x: Tensor): Tensor {
      return this.factors.reduce((y, times, axis) => {
        if (!this.bilinear) return repeated(y, axis + 1, times);
        return resized(y, axis + 1, (x.shape[axis + 1] ?? 1) * times, 'bilinear');
      }, x);
    }

    protected override after(spatial: readonly (number | null)[]): (number | null)[] {
      return spatial.map((size, axis) => (size === null ? null : size * (this.factors[axis] ?? 1)));
    }
  };
}

class Resizing extends Spatial {
  static className = 'Resizing';
  private readonly target = [this.number('height', 1), this.number('width', 1)];
  private readonly way: Way = this.settings.interpolation === 'nearest' ? 'nearest' : 'bilinear';

  protected override compute(x: Tensor): Tensor {
    return this.target.reduce((y, size, axis) => resized(y, axis + 1, size, this.way), x);
  }

  protected override after(): number[] {
    return this.target;
  }
}

export const resizeClasses: readonly LayerClass[] = [...[1, 2, 3].map(upSamplingClass), Resizing];
