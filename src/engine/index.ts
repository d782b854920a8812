export {
  type Backend,
  backendInUse,
  likelyBackends,
  prepareBackends,
  readBack,
  readsAtOnce,
  shareWork,
  startBackend,
  tensorsHeld,
  threadsInUse,
  type WasmFiles,
} from './backends';
export { Carried } from './carried';
export { predictedClass, toProbabilities } from './metrics';
export type { WeightSignal } from './signals';
export { isSoftwareRendered } from './software';
export { addRight, rightOf, StepSums, type Sums, shareOf } from './stepSums';
export { type Batch, type BatchField, disposeResult, type StepResult, Trainer } from './trainer';
