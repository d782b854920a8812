/** The same network and optimizer as tfjs has them, by its own `trainOnBatch`. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import { env, setBackend, type Tensor, tensor, train } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Backend } from '@/engine';
import type { Step } from './page';

export async function prepare(
  backend: Backend,
  images: Float32Array,
  labels: Int32Array,
): Promise<{ step: Step; threads: number }> {
  // A machine without a graphics card still has WebGL, by a program.
  env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (!(await setBackend(backend))) throw new Error(`${backend} is not available`);
  const model = sequential({
    layers: [
      layers.conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5, padding: 'same', activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 16, kernelSize: 5, activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 120, activation: 'relu' }),
      layers.dense({ units: 84, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: train.adam(0.002), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  const step = async (): Promise<number> => {
    const [x, y]: Tensor[] = [
      tensor(images, [labels.length, 28, 28, 1]),
      tensor(Float32Array.from(labels), [labels.length, 1]),
    ];
    const result = await model.trainOnBatch(x as Tensor, y as Tensor);
    x?.dispose();
    y?.dispose();
    return (Array.isArray(result) ? result[0] : result) ?? Number.NaN;
  };
  return { step, threads: 1 };
}
