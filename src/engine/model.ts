/** A compiled network as a living tfjs model, with its weights by name. */
import { tensor, tidy, Variable } from '@tensorflow/tfjs-core';
import { type LayersModel, models } from '@tensorflow/tfjs-layers';
import { type CompiledNetwork, type CompiledWeight, type KerasLayer, toTfjsTopology } from '@/compiler';
import { innerOf } from '@/layers';
import { readBack } from './backends';
import { initialise, withOnes } from './initialise';
import { seedFor } from './random';

/** How weights begin, are penalised and held is this engine's affair; see `initialise`, `penalties` and `constrain`. */
const withoutWeightSettings = (layer: KerasLayer): KerasLayer => ({ ...layer, config: bare(layer.config) });

function bare(config: KerasLayer['config']): KerasLayer['config'] {
  const inner = innerOf(config);
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => !/_(initializer|regularizer|constraint)$/.test(key))
      .map(([key, value]) => [
        key,
        key === 'layer' && inner ? { ...(value as KerasLayer['config']), config: bare(inner.config) } : value,
      ]),
  );
}

export interface NamedWeight extends CompiledWeight {
  variable: Variable;
}

export interface BuiltModel {
  model: LayersModel;
  weights: NamedWeight[];
  dispose(): void;
}

/**
 * Builds the model on the backend in use and sets its first weights from the seed.
 * @throws Error where tfjs cannot build it: a mistake of the compiler
 */
export async function buildModel(network: CompiledNetwork, seed: number): Promise<BuiltModel> {
  // Whatever the batch: the last one of an epoch is smaller, and a drawing is one sample.
  const { batchSize: _, ...whole } = network.model;
  const topology = toTfjsTopology({ ...whole, layers: whole.layers.map(withoutWeightSettings) });
  const model = await models.modelFromJSON({ modelTopology: topology } as Parameters<typeof models.modelFromJSON>[0]);
  const weights = network.weights.map((weight): NamedWeight => {
    const own = model.getLayer(weight.layer).weights;
    const variable = own
      .find(({ originalName }) => originalName === weight.weight || originalName.endsWith(`/${weight.weight}`))
      ?.read();
    if (!(variable instanceof Variable)) throw new Error(`the model has no weight ${weight.name}`);
    return { ...weight, variable };
  });
  const built = { model, weights, dispose: () => void model.dispose() };
  setWeights(
    built,
    new Map(
      weights.map(({ name, shape, initializer, fans, ones }) => {
        const values = initialise(initializer, shape, seedFor(seed, name), fans);
        return [name, ones ? withOnes(values, shape.at(-1) ?? 1, ones) : values];
      }),
    ),
  );
  return built;
}

/** Sets weights by name; those not named stay. Sizes must be the weights' own. */
export function setWeights({ weights }: BuiltModel, values: ReadonlyMap<string, Float32Array>): void {
  tidy(() => {
    for (const { name, shape, variable } of weights) {
      const data = values.get(name);
      // tfjs keeps the array it is given, and optimizers write into it: the caller's stays his.
      if (data) variable.assign(tensor(data.slice(), shape, 'float32'));
    }
  });
}

export interface WeightValues {
  name: string;
  shape: number[];
  data: Float32Array;
}

/** A copy of all weights. */
export async function readWeights({ weights }: BuiltModel): Promise<WeightValues[]> {
  return Promise.all(
    weights.map(async ({ name, shape, variable }) => ({
      name,
      shape,
      data: Float32Array.from(await readBack(variable)),
    })),
  );
}
