/** Patches of an image as steps of a sequence: a matrix product, since patches do not overlap. */
import { add, matMul, reshape, type Tensor, type Tensor2D, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

export class PatchEmbedding extends OwnLayer {
  static className = 'PatchEmbedding';
  private readonly features = this.number('embedDim', 1);
  private readonly patch = this.pair('patchSize', 1);
  private kernel?: ReturnType<PatchEmbedding['zeros']>;
  private bias?: ReturnType<PatchEmbedding['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    this.kernel = this.zeros('kernel', [...this.patch, onlyShape(shapes)[3] ?? 1, this.features]);
    if (this.flag('useBias', true)) this.bias = this.zeros('bias', [this.features]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // [N, H, W, C]
      const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
      const [high, wide] = this.patch;
      const [rows, columns] = [height / high, width / wide];
      const cut = transpose(reshape(x, [batch * rows, high, columns, wide * channels]), [0, 2, 1, 3]);
      const depth = high * wide * channels;
      const kernel = reshape(this.kernel?.read() as Tensor, [depth, this.features]) as Tensor2D;
      const product = matMul(reshape(cut, [-1, depth]) as Tensor2D, kernel);
      const y = reshape(product, [batch, rows * columns, this.features]);
      return this.bias ? add(y, this.bias.read()) : y;
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [batch = null, height = null, width = null] = onlyShape(shapes);
    const [high, wide] = this.patch;
    const patches = height === null || width === null ? null : Math.floor(height / high) * Math.floor(width / wide);
    return [batch, patches, this.features];
  }
}
