/** Dense over the last axis of any rank, with all our activations. */
import { add, matMul, mul, reshape, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { dense } from '../../fused/dense';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

export class Dense extends OwnLayer {
  static className = 'Dense';
  private readonly units = this.number('units', 1);
  private kernel?: ReturnType<Dense['zeros']>;
  private bias?: ReturnType<Dense['zeros']>;
  private change?: { a: ReturnType<Dense['zeros']>; b: ReturnType<Dense['zeros']>; scale: number };
  override supportsMasking = true;

  override build(shapes: Shape | Shape[]): void {
    const features = onlyShape(shapes).at(-1) ?? 1;
    const rank = this.number('loraRank', 0);
    this.kernel = this.zeros('kernel', [features, this.units], rank === 0);
    if (this.flag('useBias', true)) this.bias = this.zeros('bias', [this.units]);
    if (rank > 0) {
      this.change = {
        a: this.zeros('lora_kernel_a', [features, rank]),
        b: this.zeros('lora_kernel_b', [rank, this.units]),
        scale: this.number('loraAlpha', rank) / rank,
      };
    }
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // […, D]
      const rows = x.shape.length === 2 ? (x as Tensor2D) : (reshape(x, [-1, x.shape.at(-1) ?? 1]) as Tensor2D);
      const y = dense(rows, this.changedKernel(), this.bias?.read() ?? null, this.settings.activation); // [rows, K]
      return x.shape.length === 2 ? y : reshape(y, [...x.shape.slice(0, -1), this.units]);
    });
  }

  /** W + (α/r)·A·B, of which W is frozen (Hu et al. 2021). */
  private changedKernel(): Tensor2D {
    const kernel = this.kernel?.read() as Tensor2D;
    if (!this.change) return kernel;
    const { a, b, scale } = this.change;
    return add(kernel, mul(matMul(a.read() as Tensor2D, b.read() as Tensor2D), scale));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return [...onlyShape(shapes).slice(0, -1), this.units];
  }
}
