/** Taking tensors apart and laying them out anew. */
import { reshape, slice, split, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { type LayerClass, OwnLayer, onlyShape, onlyTensor } from '../base';

class Slice extends OwnLayer {
  static className = 'Slice';
  private readonly axis = this.number('axis', -1);
  private readonly start = this.number('start', 0);
  private readonly count = this.settings.size == null ? null : this.number('size', 1);
  private readonly dropped = this.flag('dropAxis', false) && this.count === 1;

  /** Where the part begins and how long it is, on an axis of a known length. */
  private part(length: number): { from: number; size: number } {
    const from = this.start < 0 ? length + this.start : this.start;
    return { from, size: this.count ?? length - from };
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor(inputs);
    const axis = this.axis < 0 ? x.rank + this.axis : this.axis;
    const { from, size } = this.part(x.shape[axis] ?? 1);
    const begin = x.shape.map((_, at) => (at === axis ? from : 0));
    const sizes = x.shape.map((whole, at) => (at === axis ? size : whole));
    if (!this.dropped) return slice(x, begin, sizes);
    const left = sizes.filter((_, at) => at !== axis);
    return tidy(() => reshape(slice(x, begin, sizes), left));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const axis = this.axis < 0 ? shape.length + this.axis : this.axis;
    const length = shape[axis] ?? null;
    // From the end, the number is known whatever the length.
    const size = this.count ?? (this.start < 0 ? -this.start : length === null ? null : this.part(length).size);
    if (this.dropped) return shape.filter((_, at) => at !== axis);
    return shape.map((whole, at) => (at === axis ? size : whole));
  }
}

class Split extends OwnLayer {
  static className = 'Split';
  private readonly axis = this.number('axis', -1);
  private readonly parts = this.number('parts', 2);
  private readonly lengths = (Array.isArray(this.settings.sizes) ? this.settings.sizes : []) as number[];

  override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const axis = this.axis < 0 ? x.rank + this.axis : this.axis;
      const cuts = this.lengths.length > 0 ? this.lengths : this.parts;
      // tfjs has no gradient for a cut into one.
      return cuts === 1 || this.lengths.length === 1 ? x.clone() : split(x, cuts, axis);
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape | Shape[] {
    const shape = onlyShape(shapes);
    const axis = this.axis < 0 ? shape.length + this.axis : this.axis;
    const length = shape[axis] ?? null;
    const equal = Array.from({ length: this.parts }, () => (length === null ? null : length / this.parts));
    const sizes: (number | null)[] = this.lengths.length > 0 ? this.lengths : equal;
    const all = sizes.map((size) => shape.map((whole, at) => (at === axis ? size : whole)));
    const [only] = all;
    return all.length === 1 && only ? only : all;
  }
}

/** Channels as blocks of pixels, as TensorFlow's depth_to_space, which has no gradient in tfjs. */
class PixelShuffle2D extends OwnLayer {
  static className = 'PixelShuffle2D';
  private readonly block = this.number('blockSize', 2);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
      const { block } = this;
      const left = channels / (block * block);
      // Rows of a block go between rows of the image, columns between columns; the batch and height are one axis.
      const blocks = reshape(x, [batch * height, width, block, block * left]);
      const rows = transpose(blocks, [0, 2, 1, 3]); // [N·H, S, W, S·C]
      return reshape(rows, [batch, height * block, width * block, left]);
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [batch = null, height = null, width = null, channels = null] = onlyShape(shapes);
    const grown = (size: number | null): number | null => (size === null ? null : size * this.block);
    return [batch, grown(height), grown(width), channels === null ? null : channels / this.block ** 2];
  }
}

export const partClasses: readonly LayerClass[] = [Slice, Split, PixelShuffle2D];
