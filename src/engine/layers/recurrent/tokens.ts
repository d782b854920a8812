/** Embedding and masking. */
import {
  add,
  any,
  cast,
  clipByValue,
  customGrad,
  gather,
  matMul,
  mul,
  notEqual,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { type LayerClass, OwnLayer, onlyShape, onlyTensor } from '../base';

type Weight = ReturnType<OwnLayer['zeros']>;

class Embedding extends OwnLayer {
  static className = 'Embedding';
  override supportsMasking = true;
  protected readonly rows = this.number('inputDim', 1);
  private readonly width = this.number('outputDim', 1);
  private readonly rank = this.number('loraRank', 0);
  private readonly alpha = this.number('loraAlpha', this.rank);
  private table?: Weight;
  private change?: [Weight, Weight];

  override build(): void {
    this.table = this.zeros('embeddings', [this.rows, this.width], this.rank === 0);
    if (this.rank > 0) {
      this.change = [
        this.zeros('lora_embeddings_a', [this.rows, this.rank]),
        this.zeros('lora_embeddings_b', [this.rank, this.width]),
      ];
    }
    this.built = true;
  }

  protected get rowsNow(): Tensor2D {
    const table = this.table?.read() as Tensor2D;
    if (!this.change) return table;
    const [a, b] = this.change.map((weight) => weight.read()) as [Tensor2D, Tensor2D];
    return add(table, mul(matMul(a, b), this.alpha / this.rank));
  }

  /** An index out of range would read another tensor's memory on WebAssembly. */
  private within(x: Tensor): Tensor1D {
    return cast(clipByValue(cast(x, 'float32'), 0, this.rows - 1), 'int32') as Tensor1D;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const found = lookUp(this.rowsNow, this.within(reshape(x, [x.size])), this.rows);
      return reshape(found, [...x.shape, this.width]);
    });
  }

  override computeMask(inputs: Tensor | Tensor[]): Tensor {
    if (!this.flag('maskZero', false)) return null as unknown as Tensor;
    return notEqual(onlyTensor(inputs), 0);
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return [...onlyShape(shapes), this.width];
  }
}

/**
 * An embedding that also gives a score for each row: x·Eᵀ. All calls do so where `reverse` is set; else those with a
 * second tensor, which says no more than that (tfjs hands a layer nothing but tensors).
 */
class ReversibleEmbedding extends Embedding {
  static override className = 'ReversibleEmbedding';
  private readonly always = this.flag('reverse', false);

  private reversed(inputs: unknown): boolean {
    return this.always || (Array.isArray(inputs) && inputs.length > 1);
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    if (!this.reversed(inputs)) return super.call(inputs);
    return tidy(() => {
      const x = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs; // […, D]
      const vectors = reshape(x, [-1, x.shape.at(-1) ?? 1]) as Tensor2D;
      return reshape(matMul(vectors, this.rowsNow, false, true), [...x.shape.slice(0, -1), this.rows]);
    });
  }

  /** As in Keras, scores carry no mask. */
  override computeMask(inputs: Tensor | Tensor[]): Tensor {
    return this.reversed(inputs) ? (null as unknown as Tensor) : super.computeMask(inputs);
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const reversed = this.always || (Array.isArray(shapes[0]) && shapes.length > 1);
    return reversed ? [...onlyShape(shapes).slice(0, -1), this.rows] : super.computeOutputShape(shapes);
  }
}

/** Rows of a table. The gradient of a row is the sum of the gradients of all places that look it up. */
function lookUp(table: Tensor2D, indices: Tensor1D, rows: number): Tensor2D {
  const op = customGrad((...args) => {
    const [weights, save] = args as unknown as [Tensor2D, (tensors: Tensor[]) => void];
    save([indices]);
    return {
      value: gather(weights, indices),
      gradFunc: (dy: Tensor, [places]: Tensor[]) => unsortedSegmentSum(dy, places as Tensor1D, rows),
    };
  });
  return op(table) as Tensor2D;
}

class Masking extends OwnLayer {
  static className = 'Masking';
  override supportsMasking = true;
  private readonly value = this.number('maskValue', 0);

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      return mul(x, cast(any(notEqual(x, this.value), -1, true), 'float32'));
    });
  }

  override computeMask(inputs: Tensor | Tensor[]): Tensor {
    return any(notEqual(onlyTensor(inputs), this.value), -1);
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}

export const tokenClasses: readonly LayerClass[] = [Embedding, ReversibleEmbedding, Masking];
