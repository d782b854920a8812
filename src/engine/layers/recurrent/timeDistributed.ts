/** Any layer at every step of a sequence. */
import { reshape, serialization, slice, stack, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

type Settings = Readonly<Record<string, unknown>>;

/** A layer of a registered class, ours or tfjs's own. */
function layerNamed(className: string, config: Settings): layers.Layer {
  const entry = serialization.SerializationMap.getMap().classNameMap[className];
  if (!entry) throw new Error(`there is no layer class ${className}`);
  const [known, fromConfig] = entry;
  return fromConfig(known, config as serialization.ConfigDict) as unknown as layers.Layer;
}

/** Without axis 1, which is time. */
const atStep = ([batch = null, , ...rest]: Shape): Shape => [batch, ...rest];

export class TimeDistributed extends OwnLayer {
  static className = 'TimeDistributed';
  override supportsMasking = true;
  private readonly inside: layers.Layer;

  constructor(settings: Settings) {
    super(settings);
    const { className, config } = (settings.layer ?? {}) as { className?: unknown; config?: Settings };
    const { trainable } = this;
    this.inside = layerNamed(String(className), { ...config, trainable, name: `${this.name}_inside` });
  }

  override build(shapes: Shape | Shape[]): void {
    this.inside.build(atStep(onlyShape(shapes)));
    this.inside.built = true;
    // tfjs asks each whether it is trained.
    this._trainableWeights.push(...this.inside.weights);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean; mask?: Tensor | null }): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs); // [N, T, …]
      const [batch = 1, steps = 1, ...rest] = x.shape;
      const training = kwargs.training ?? false;
      const inner = (step: Tensor, mask: Tensor | null): Tensor =>
        onlyTensor(this.inside.call(step, { training, ...(mask && { mask }) }));
      // What looks at no sample beside another does all steps at once.
      if (!training || this.inside.nonTrainableWeights.length === 0) {
        const y = inner(reshape(x, [batch * steps, ...rest]), null);
        return reshape(y, [batch, steps, ...y.shape.slice(1)]);
      }
      // As Keras: statistics of the batch are those of one step, and what is kept of them moves at each.
      const { mask = null } = kwargs;
      const found = Array.from({ length: steps }, (_, step) =>
        inner(this.stepOf(x, step), mask && reshape(slice(mask, [0, step], [batch, 1]), [batch])),
      );
      return stack(found, 1);
    });
  }

  /** One step of [N, T, …]; WebGPU and WebGL slice no more than six axes, so what is no time is a row. */
  private stepOf(x: Tensor, step: number): Tensor {
    const [batch = 1, steps = 1, ...rest] = x.shape;
    const row = slice(reshape(x, [batch, steps, -1]), [0, step, 0], [batch, 1, -1]);
    return reshape(row, [batch, ...rest]);
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const [batch = null, ...sizes] = onlyShape(this.inside.computeOutputShape(atStep(shape)));
    return [batch, shape[1] ?? null, ...sizes];
  }
}
