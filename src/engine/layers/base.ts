/** Reading a layer's settings: tfjs hands them over as it found them in the model's JSON. */
import { type Tensor, util } from '@tensorflow/tfjs-core';
import { initializers, layers, regularizers, type Shape } from '@tensorflow/tfjs-layers';

/** The base class of our own layers: tfjs's, with settings typed as unknown. */
export abstract class OwnLayer extends layers.Layer {
  constructor(protected readonly settings: Readonly<Record<string, unknown>>) {
    super(settings);
  }

  protected number(key: string, fallback: number): number {
    const value = this.settings[key];
    return typeof value === 'number' ? value : fallback;
  }

  protected flag(key: string, fallback: boolean): boolean {
    const value = this.settings[key];
    return typeof value === 'boolean' ? value : fallback;
  }

  protected pair(key: string, fallback: number): [number, number] {
    const value = this.settings[key];
    if (typeof value === 'number') return [value, value];
    const [height = fallback, width = fallback] = Array.isArray(value) ? (value as number[]) : [];
    return [height, width];
  }

  /**
   * Adds a weight of zeros; the engine sets first values itself.
   * @param penalty the name of the setting that holds its regulariser
   */
  protected zeros(name: string, shape: Shape, penalty?: string, trainable = true) {
    const regularizer = penalty === undefined ? undefined : regularizerOf(this.settings[penalty]);
    return this.addWeight(name, shape, 'float32', initializers.zeros(), regularizer, trainable);
  }

  override getConfig() {
    return { ...(this.settings as ReturnType<layers.Layer['getConfig']>), ...super.getConfig() };
  }
}

type Regularizer = ReturnType<typeof regularizers.l1l2>;

/** From `{className: 'L1L2', config: {l1, l2}}`, as tfjs reads it, or none. */
function regularizerOf(setting: unknown): Regularizer | undefined {
  const { config } = (setting ?? {}) as { config?: { l1?: number; l2?: number } };
  return config ? regularizers.l1l2({ l1: config.l1 ?? 0, l2: config.l2 ?? 0 }) : undefined;
}

/** Layers of one input get it alone or in a list. */
export function onlyTensor(inputs: Tensor | Tensor[]): Tensor {
  const [tensor] = Array.isArray(inputs) ? inputs : [inputs];
  util.assert(tensor !== undefined, () => 'a layer was called without a tensor');
  return tensor as Tensor;
}

/** Shapes come alone or in a list, too. */
export function onlyShape(shapes: Shape | Shape[]): Shape {
  return Array.isArray(shapes[0]) ? (shapes[0] as Shape) : (shapes as Shape);
}
