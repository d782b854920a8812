/** Layers that stock tfjs computes otherwise than Keras, or not at all; numbers by tests/fixtures/engine/fault_numbers.py. */
import { readFileSync } from 'node:fs';
import { mul, type Scalar, sum, type Tensor, tensor, tidy, Variable, variableGrads } from '@tensorflow/tfjs-core';
import { models } from '@tensorflow/tfjs-layers';
import type { Json } from '@/document';
import type { Backend } from '@/engine';
import type { Numbers } from '../engine/keras';
import { type Fault, tryFaults } from './faults';

type Name = [layer: number, weight: string];

interface LayerFault {
  fault: string;
  backends: Backend[];
  layers: { className: string; config: Record<string, Json> }[];
  training: boolean;
  x: Numbers;
  whole: boolean;
  weights: (Numbers & { name: Name })[];
  trained: Name[];
  weigh: number[];
  y: Numbers;
  slopes: number[][];
  after: number[][];
}

const FAULTS = JSON.parse(
  readFileSync(new URL('../fixtures/engine/faults.json', import.meta.url), 'utf8'),
) as LayerFault[];

/** How weights begin and are held is asked of neither: both are given the same ones. */
const bare = (config: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(Object.entries(config).filter(([key]) => !/_(initializer|regularizer|constraint)$/.test(key)));

/** The layers one after the other, read from JSON as any model is. */
async function modelOf({ layers, x }: LayerFault) {
  const batch = { batch_input_shape: [null, ...x.shape.slice(1)] };
  const listed = layers.map(({ className, config }, at) => ({
    class_name: className,
    config: { ...bare(config), name: `layer_${at}`, ...(at === 0 && batch) },
  }));
  const modelTopology = { class_name: 'Sequential', config: { name: 'model', layers: listed } };
  return models.modelFromJSON({ modelTopology } as Parameters<typeof models.modelFromJSON>[0]);
}

/** The result, the gradients of Σ y·weigh, and the weights after the pass. */
async function computed(given: LayerFault): Promise<number[]> {
  const model = await modelOf(given);
  const variables = given.weights.map(({ name: [at, weight], data, shape }) => {
    const own = model.layers.filter(({ name }) => name === `layer_${at}`).flatMap((layer) => layer.weights);
    const found = own.find(({ originalName }) => (originalName.split('/').at(-1) ?? '').endsWith(weight))?.read();
    if (!(found instanceof Variable)) throw new Error(`there is no weight ${weight}`);
    tidy(() => found.assign(tensor(data, shape)));
    return found;
  });
  const x = tidy(() => tensor(given.x.data, given.x.shape)).variable(true);
  const trained = given.trained.map(([at, weight]) => {
    const index = given.weights.findIndex(({ name }) => name[0] === at && name[1] === weight);
    return variables[index] as Variable;
  });
  const asked = [...(given.whole || !given.training ? [] : [x]), ...trained];
  const seen: { y?: Variable } = {};
  const score = (): Scalar => {
    const y = model.apply(x, { training: given.training }) as Tensor;
    seen.y = tidy(() => y.clone()).variable(false);
    return sum(mul(y, tensor(given.weigh, y.shape)));
  };
  const grads: Record<string, Tensor> = asked.length > 0 ? variableGrads(score, asked).grads : {};
  if (asked.length === 0) tidy(score);
  const parts = [
    seen.y?.shape ?? [],
    seen.y?.dataSync() ?? [],
    ...asked.map(({ name }) => grads[name]?.dataSync() ?? []),
    ...variables.map((variable) => variable.dataSync()),
  ];
  return parts.flatMap((part) => Array.from(part));
}

tryFaults(
  FAULTS.map(
    (given): Fault => ({
      fault: given.fault,
      backends: given.backends,
      stock: () => computed(given),
      wanted: [given.y.shape, given.y.data, ...given.slopes, ...given.after].flat(),
    }),
  ),
);
