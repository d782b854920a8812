/** Reading a layer's settings: tfjs hands them over as it found them in the model's JSON. */
import { type Tensor, util } from '@tensorflow/tfjs-core';
import { initializers, layers, type Shape } from '@tensorflow/tfjs-layers';

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
    const [height = fallback, width = fallback] = this.sizes(key, 2, fallback);
    return [height, width];
  }

  /** One whole number for each of so many axes; a single number stands for all. */
  protected sizes(key: string, axes: number, fallback: number): number[] {
    const value = this.settings[key];
    const given = Array.isArray(value) ? (value as number[]) : undefined;
    const single = typeof value === 'number' ? value : fallback;
    return Array.from({ length: axes }, (_, axis) => given?.[axis] ?? single);
  }

  /** The port of each tensor of a call; the first alone where there is only one. */
  protected get ports(): readonly string[] {
    return Array.isArray(this.settings.ports) ? (this.settings.ports as string[]) : [];
  }

  /** Adds a weight of zeros; first values, penalties and constraints are the engine's affair. */
  protected zeros(name: string, shape: Shape, trainable = true) {
    return this.addWeight(name, shape, 'float32', initializers.zeros(), undefined, trainable);
  }

  override getConfig() {
    return { ...(this.settings as ReturnType<layers.Layer['getConfig']>), ...super.getConfig() };
  }
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

/** A layer as tfjs registers it. */
export interface LayerClass {
  new (settings: Readonly<Record<string, unknown>>): OwnLayer;
  className: string;
}
