import { add, matMul, mul, reshape, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import { OwnLayer, onlyShape, onlyTensor } from '../base';
import { type EinsumLabels, einsum, einsumLabels } from './einsum';

type Weight = ReturnType<EinsumDense['zeros']>;

export class EinsumDense extends OwnLayer {
  static className = 'EinsumDense';
  override supportsMasking = true;
  private readonly equation = String(this.settings.equation);
  private readonly activation = activationOf(this.settings.activation);
  private kernel?: Weight;
  private bias?: Weight;
  private change?: { a: Weight; b: Weight; scale: number };

  override build(shapes: Shape | Shape[]): void {
    const shape = onlyShape(shapes);
    const labels = einsumLabels(this.equation, shape.length);
    const result = this.computeOutputShape(shape);
    const sizeOf = (label: string): number =>
      result[labels.output.indexOf(label)] ?? shape[labels.input.indexOf(label)] ?? 1;
    const kernel = labels.kernel.map(sizeOf);
    const rank = this.number('loraRank', 0);
    this.kernel = this.zeros('kernel', kernel, rank === 0);
    const axes = typeof this.settings.biasAxes === 'string' ? this.settings.biasAxes : '';
    if (axes !== '') this.bias = this.zeros('bias', biasShape(labels, axes, sizeOf));
    if (rank > 0) {
      this.change = {
        a: this.zeros('lora_kernel_a', [...kernel.slice(0, -1), rank]),
        b: this.zeros('lora_kernel_b', [rank, kernel.at(-1) ?? 1]),
        scale: this.number('loraAlpha', rank) / rank,
      };
    }
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const y = einsum(x, this.changedKernel(), einsumLabels(this.equation, x.rank));
      return this.activation(this.bias ? add(y, this.bias.read()) : y);
    });
  }

  /** W + (α/r)·A·B, of which W is frozen (Hu et al. 2021). */
  private changedKernel(): Tensor {
    const kernel = this.kernel?.read() as Tensor;
    if (!this.change) return kernel;
    const [a, b] = [this.change.a.read(), this.change.b.read()];
    const rows = reshape(a, [-1, a.shape.at(-1) ?? 1]) as Tensor2D;
    return add(kernel, mul(reshape(matMul(rows, b as Tensor2D), kernel.shape), this.change.scale));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const { input, output } = einsumLabels(this.equation, shape.length);
    const { outputShape } = this.settings;
    const given = Array.isArray(outputShape) ? (outputShape as (number | null)[]) : [];
    const named = output.filter((label, at) => at > 0 && !label.startsWith('…'));
    return output.map((label) => given[named.indexOf(label)] ?? shape[input.indexOf(label)] ?? null);
  }
}

/** Size 1 where the bias does not vary; its axes begin with the first that does. */
function biasShape({ output }: EinsumLabels, axes: string, sizeOf: (label: string) => number): number[] {
  const first = output.findIndex((label) => axes.includes(label));
  return output.slice(first).map((label) => (axes.includes(label) ? sizeOf(label) : 1));
}
