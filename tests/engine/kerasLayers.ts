/** What Keras 3 computes layer by layer; made by tests/fixtures/engine/layer_numbers.py. */
import { readFileSync } from 'node:fs';
import { mul, serialization, sum, type Tensor, tensor, tidy, Variable, variableGrads } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { Json } from '@/document';
import type { Numbers } from './keras';

export interface LayerCase {
  className: string;
  config: Record<string, Json>;
  training: boolean;
  x: Numbers;
  /** Weights before the pass, in the order of `names`. */
  before: Numbers[];
  names: string[];
  weigh: number[];
  y: Numbers;
  /** The gradients of Σ y·weigh for x and for the trained weights. */
  slopes: number[][];
  after: number[][];
}

interface KerasLayers {
  activations: {
    x: number[];
    pointwise: Record<string, { x?: number[]; y: number[]; slope: number[] }>;
    rows: number[];
    weigh: number[];
    overAxis: Record<string, { y: number[]; slope: number[] }>;
  };
  layers: LayerCase[];
  masked: LayerCase & { mask: number[] };
  constraints: { weight: Numbers; held: Record<string, number[]> };
  penalties: {
    x: Numbers;
    y: Numbers;
    first: Record<string, Numbers>;
    evaluated: number;
    trained: number;
    last: Record<string, Numbers>;
  };
}

export const KERAS_LAYERS = JSON.parse(
  readFileSync(new URL('../fixtures/engine/layers.json', import.meta.url), 'utf8'),
) as KerasLayers;

const camelCase = (name: string): string =>
  name === 'negative_slope' ? 'alpha' : name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** As tfjs hands a config to a layer. */
const settingsOf = (config: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(config)
      .filter(([name]) => !/_(initializer|regularizer|constraint)$/.test(name))
      .map(([name, value]) => {
        const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
        return [camelCase(name), nested ? settingsOf(value) : value];
      }),
  );

/** A registered layer with the settings of a Keras config. */
export function layerOfConfig(className: string, config: Record<string, Json>): layers.Layer {
  const [make] = serialization.SerializationMap.getMap().classNameMap[className] ?? [];
  if (!make) throw new Error(`no layer ${className}`);
  return new make(settingsOf(config)) as unknown as layers.Layer;
}

const values = ({ shape, data }: Numbers): Tensor => tensor(data, shape);

/** What the layer of a case computes here, in the case's own order. */
export function repeated(given: LayerCase, options: { mask?: Tensor } = {}) {
  const layer = layerOfConfig(given.className, given.config);
  layer.build(given.x.shape);
  const variables = given.names.map((name) => {
    const found = layer.weights.find(({ originalName }) => originalName.split('/').at(-1) === name)?.read();
    if (!(found instanceof Variable)) throw new Error(`${given.className} has no weight ${name}`);
    return found;
  });
  for (const [at, variable] of variables.entries()) tidy(() => variable.assign(values(given.before[at] as Numbers)));
  const x = tidy(() => values(given.x)).variable(true);
  const trained = layer.trainableWeights.map((weight) => weight.read() as Variable);
  const result: { y?: Tensor } = {};
  const { grads } = tidy(() =>
    variableGrads(() => {
      const y = layer.call(x, { training: given.training, ...options }) as Tensor;
      result.y = tidy(() => y.clone()).variable(false);
      return sum(mul(y, tensor(given.weigh, y.shape)));
    }, [x, ...trained]),
  );
  const order = variables.filter((variable) => trained.includes(variable));
  return {
    count: layer.weights.length,
    y: result.y?.dataSync() ?? [],
    slopes: [x, ...order].map(({ name }) => grads[name]?.dataSync() ?? []),
    after: variables.map((variable) => variable.dataSync()),
  };
}
