/** The same networks as stock tfjs has them, by its own `trainOnBatch`. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { enableProdMode, env, setBackend, tensor, train } from '@tensorflow/tfjs-core';
import { models } from '@tensorflow/tfjs-layers';
import { compile, toTfjsTopology } from '@/compiler';
import { WASM_FILES } from '@/engine/wasmFiles';
import { medianOf } from '../steps/measure';
import { BATCH, fieldsOf, NETWORKS, samples } from '../steps/networks';
import { kernelsOf } from './kernels';
import type { Wanted } from './ours';
import type { Measured } from './page';

async function measure({ network: name, backend, kernels }: Wanted): Promise<Measured> {
  const { shape, document } = NETWORKS[name];
  enableProdMode();
  setWasmPaths({ ...WASM_FILES });
  // A machine without a graphics card still has WebGL, by a program. Built threads of tfjs do not start: see vite.config.ts.
  env().set('SOFTWARE_WEBGL_ENABLED', true);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend(backend))) throw new Error(`${backend} is not available`);
  const { model: drawn } = compile(await document(), { fields: fieldsOf(shape) });
  const modelTopology = toTfjsTopology(drawn);
  const model = await models.modelFromJSON({ modelTopology } as Parameters<typeof models.modelFromJSON>[0]);
  model.compile({ optimizer: train.adam(0.001), loss: 'sparseCategoricalCrossentropy' });
  const { x, labels } = samples(shape);
  const step = async (): Promise<number> => {
    const batch = [tensor(x, [BATCH, ...shape]), tensor(Float32Array.from(labels), [BATCH, 1])] as const;
    const loss = await model.trainOnBatch(...batch);
    for (const one of batch) one.dispose();
    return Number(Array.isArray(loss) ? loss[0] : loss);
  };
  return { median: await medianOf(step), threads: 1, ...(kernels && { kernels: await kernelsOf(step) }) };
}

self.onmessage = ({ data }: MessageEvent<Wanted>) =>
  measure(data).then(postMessage, (error: unknown) => postMessage(String(error)));
