/** Layers of one or more inputs beside what Keras 3 computes; made by tests/fixtures/engine/joining_numbers.py. */
import { readFileSync } from 'node:fs';
import { mul, sum, type Tensor, tensor, tidy, Variable, variableGrads } from '@tensorflow/tfjs-core';
import { layers as stock } from '@tensorflow/tfjs-layers';
import type { Json } from '@/document';
import type { Numbers } from './keras';
import { layerOfConfig } from './kerasLayers';

export interface JoiningCase {
  className: string;
  config: Record<string, Json>;
  /** Arguments of the call besides tensors. */
  options: Record<string, Json>;
  /** The port of each input. */
  ports: string[];
  /** The ports whose zero steps are marked as padding. */
  padding: string[];
  inputs: Numbers[];
  weights: (Numbers & { name: string })[];
  y: Numbers;
  weigh: number[];
  /** The gradients of Σ y·weigh: for each input, and by the name of the weight. */
  slopes: number[][];
  weightSlopes: Record<string, number[]>;
}

export const JOINING = (
  JSON.parse(readFileSync(new URL('../fixtures/engine/joining.json', import.meta.url), 'utf8')) as {
    cases: JoiningCase[];
  }
).cases;

/** For a test's title. */
export function titleOf({ className, config, options, ports, padding, inputs }: JoiningCase): string {
  const plain = Object.entries(config).filter(([, value]) => typeof value !== 'object' || Array.isArray(value));
  const shapes = inputs.map(
    ({ shape }, at) => `${ports[at]}${padding.includes(ports[at] ?? '') ? ' padded' : ''} ${shape}`,
  );
  return `${className} ${JSON.stringify(Object.fromEntries([...plain, ...Object.entries(options)]))} on ${shapes.join('; ')}`;
}

/** What the layer of a case computes on the backend in use. */
export function computed(given: JoiningCase) {
  const layer = layerOfConfig(given.className, { ...given.config, ...given.options, ports: given.ports });
  layer.build(given.inputs.length === 1 ? (given.inputs[0] as Numbers).shape : given.inputs.map(({ shape }) => shape));
  const weights = given.weights.map(({ name, shape, data }) => {
    const found = layer.weights.find(({ originalName }) => originalName === name || originalName.endsWith(`/${name}`));
    const variable = found?.read();
    if (!(variable instanceof Variable)) throw new Error(`${given.className} has no weight ${name}`);
    tidy(() => variable.assign(tensor(data, shape)));
    return { name, variable };
  });
  const inputs = given.inputs.map(({ shape, data }) => tidy(() => tensor(data, shape)).variable(true));
  const trained = layer.trainableWeights.map((weight) => weight.read() as Variable);
  const result: { y?: Tensor } = {};
  const { grads } = tidy(() =>
    variableGrads(() => {
      const marked = inputs.map((input, at) =>
        given.padding.includes(given.ports[at] ?? '') ? (stock.masking().apply(input) as Tensor) : input,
      );
      const y = layer.apply(marked.length === 1 ? (marked[0] as Tensor) : marked, { training: false }) as Tensor;
      result.y = tidy(() => y.clone()).variable(false);
      return sum(mul(y, tensor(given.weigh, y.shape)));
    }, [...inputs, ...trained]),
  );
  const slopeOf = ({ name, size }: Variable): ArrayLike<number> => grads[name]?.dataSync() ?? new Float32Array(size);
  return {
    count: layer.weights.length,
    shape: result.y?.shape,
    foretold: layer.computeOutputShape(
      given.inputs.length === 1 ? (given.inputs[0] as Numbers).shape : given.inputs.map(({ shape }) => shape),
    ),
    y: result.y?.dataSync() ?? [],
    slopes: inputs.map(slopeOf),
    weightSlopes: Object.fromEntries(
      weights
        .filter(({ variable }) => trained.includes(variable))
        .map(({ name, variable }) => [name, slopeOf(variable)]),
    ),
  };
}
