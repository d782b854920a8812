/** Layers over spatial axes, whichever end the channels stand at. */
import { type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from './base';

/** A layer that is written for channels last, and turns what has them first. */
export abstract class Spatial extends OwnLayer {
  // tfjs turns names into camelCase when it reads a model.
  protected readonly first = /^channels_?first$/i.test(String(this.settings.dataFormat));

  /** @param x [N, …spatial, C] */
  protected abstract compute(x: Tensor, mask?: Tensor): Tensor;

  /** The spatial sizes after the layer; null for the axes it takes away. */
  protected abstract after(spatial: readonly (number | null)[]): (number | null)[] | null;

  override call(inputs: Tensor | Tensor[], kwargs: { mask?: Tensor | Tensor[] } = {}): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const mask = Array.isArray(kwargs.mask) ? kwargs.mask[0] : kwargs.mask;
      if (!this.first) return this.compute(x, mask ?? undefined);
      const axes = x.shape.map((_, axis) => axis);
      const y = this.compute(transpose(x, [0, ...axes.slice(2), 1]), mask ?? undefined);
      const last = y.rank - 1;
      return y.rank < 3 ? y : transpose(y, [0, last, ...axes.slice(1, last)]);
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [batch = null, ...rest] = onlyShape(shapes);
    const channels = (this.first ? rest[0] : rest.at(-1)) ?? null;
    const sizes = this.after(this.first ? rest.slice(1) : rest.slice(0, -1));
    if (!sizes) return [batch, channels];
    return this.first ? [batch, channels, ...sizes] : [batch, ...sizes, channels];
  }
}
