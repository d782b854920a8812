/** `stock.ts NETWORK BACKEND`: times steps of the same network as stock tfjs has it; prints a line of JSON. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { enableProdMode, setBackend, tensor, train } from '@tensorflow/tfjs-core';
import { models } from '@tensorflow/tfjs-layers';
import { compile, toTfjsTopology } from '@/compiler';
import { medianOf } from './measure';
import { BATCH, fieldsOf, NETWORKS, type NetworkName, samples } from './networks';

const [name = 'mlp', backend = 'cpu'] = process.argv.slice(2) as [NetworkName, string];
const { shape, document } = NETWORKS[name];
enableProdMode();
await setBackend(backend);
const network = compile(await document(), { fields: fieldsOf(shape) });
const modelTopology = toTfjsTopology(network.model);
const model = await models.modelFromJSON({ modelTopology } as Parameters<typeof models.modelFromJSON>[0]);
model.compile({ optimizer: train.adam(0.001), loss: 'sparseCategoricalCrossentropy' });
const { x, labels } = samples(shape);
const median = await medianOf(async () => {
  const batch = [tensor(x, [BATCH, ...shape]), tensor(Float32Array.from(labels), [BATCH, 1])] as const;
  const loss = await model.trainOnBatch(...batch);
  for (const one of batch) one.dispose();
  return Number(Array.isArray(loss) ? loss[0] : loss);
});
console.log(JSON.stringify({ median }));
