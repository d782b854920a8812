import { env } from '@tensorflow/tfjs-core';
import { compile } from '@/compiler';
import {
  type Backend,
  type Batch,
  disposeResult,
  prepareBackends,
  startBackend,
  Trainer,
  threadsInUse,
} from '@/engine';
import { WASM_FILES } from '@/engine/wasmFiles';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import type { Step } from './page';

const CLASSES = Array.from({ length: 10 }, (_, digit) => String(digit));

export async function prepare(
  backend: Backend,
  images: Float32Array,
  labels: Int32Array,
  alone: boolean,
): Promise<{ step: Step; threads: number }> {
  if (alone) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  prepareBackends(WASM_FILES);
  await startBackend(backend);
  const shape = [28, 28, 1];
  const network = compile(lenet5, {
    fields: {
      image: { kind: 'image', shape, dtype: 'float32' },
      label: { kind: 'class', shape: [], dtype: 'int32', classes: CLASSES },
    },
    logits: true,
  });
  const trainer = await Trainer.create(network, lenet5.training.phases, 1);
  const batch: Batch = {
    image: { data: images, shape, dtype: 'float32' },
    label: { data: labels, shape: [], dtype: 'int32' },
  };
  const step = async (): Promise<number> => {
    const result = trainer.step(batch);
    const [loss = Number.NaN] = await result.loss.data();
    disposeResult(result);
    return loss;
  };
  return { step, threads: threadsInUse() };
}
