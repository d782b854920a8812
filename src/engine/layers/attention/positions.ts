/** Layers that tell a network where each step stands. */
import {
  add,
  cast,
  concat,
  cos,
  exp,
  mul,
  ones,
  range,
  reshape,
  sin,
  slice,
  split,
  stack,
  sub,
  type Tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from '../base';
import { SameShape } from '../sameShape';

/** t·λ^(−2i/D) for every step t and every pair i of D features: [T, ⌈D/2⌉]. */
function angles(count: number, features: number, wavelength: number, stretch = 1): Tensor {
  const pairs = range(0, Math.ceil(features / 2), 1, 'float32');
  const speeds = exp(mul(pairs, (-2 * Math.log(wavelength)) / features));
  const steps = mul(reshape(range(0, count, 1, 'float32'), [count, 1]), 1 / stretch);
  return mul(steps, reshape(speeds, [1, -1]));
}

export class SinusoidalPositionEncoding extends SameShape {
  static className = 'SinusoidalPositionEncoding';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // [N, T, D]
      const [, count = 1, features = 1] = x.shape;
      const turned = angles(count, features, this.number('maxWavelength', 10_000));
      const waves = reshape(stack([sin(turned), cos(turned)], 2), [count, -1]);
      return add(x, slice(waves, [0, 0], [count, features]));
    });
  }
}

export class RotaryEmbedding extends SameShape {
  static className = 'RotaryEmbedding';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // [N, T, D] or [N, T, h, D]
      const [count = 1, features = 1] = [x.shape[1], x.shape.at(-1)];
      const stretch = this.number('scalingFactor', 1);
      const half = features / 2;
      const wide = x.rank === 4 ? [count, 1, half] : [count, half];
      const turned = reshape(angles(count, features, this.number('maxWavelength', 10_000), stretch), wide);
      const before = x.shape.slice(0, -1);
      const neighbours = this.settings.pairs !== 'halves';
      // The two of a pair stand side by side, or half the features apart.
      const paired = reshape(x, neighbours ? [...before, half, 2] : [...before, 2, half]);
      const axis = neighbours ? x.rank : x.rank - 1;
      const [a, b] = split(paired, 2, axis).map((part) => reshape(part, [...before, half])) as [Tensor, Tensor];
      const first = sub(mul(a, cos(turned)), mul(b, sin(turned)));
      const second = add(mul(a, sin(turned)), mul(b, cos(turned)));
      return reshape(stack([first, second], axis), x.shape);
    });
  }
}

export class PositionEmbedding extends SameShape {
  static className = 'PositionEmbedding';
  private embeddings?: ReturnType<PositionEmbedding['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    this.embeddings = this.zeros('embeddings', [this.number('maxLength', 1), onlyShape(shapes).at(-1) ?? 1]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // [N, T, D]
      const [, count = 1, features = 1] = x.shape;
      return add(x, slice(this.embeddings?.read() as Tensor, [0, 0], [count, features]));
    });
  }
}

export class ClassToken extends OwnLayer {
  static className = 'ClassToken';
  override supportsMasking = true;
  private token?: ReturnType<ClassToken['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    this.token = this.zeros('token', [onlyShape(shapes).at(-1) ?? 1]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // [N, T, D]
      const [batch = 1, , features = 1] = x.shape;
      const rows = add(zeros([batch, 1, features]), this.token?.read() as Tensor);
      return concat([rows, x], 1);
    });
  }

  /** The new step is never padding. */
  override computeMask(_: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const own = Array.isArray(mask) ? mask[0] : mask;
    if (!own) return null as unknown as Tensor;
    return tidy(() => {
      const rows = cast(own, 'float32');
      return cast(concat([ones([rows.shape[0] ?? 1, 1]), rows], 1), 'bool');
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [batch = null, steps = null, features = null] = onlyShape(shapes);
    return [batch, steps === null ? null : steps + 1, features];
  }
}
