export {
  type Backend,
  likelyBackends,
  prepareBackends,
  readBack,
  readsAtOnce,
  startBackend,
  tensorsHeld,
  threadsInUse,
  type WasmFiles,
} from './backends';
export type { TrainerState } from './checkpoint';
export { predictedClass, toProbabilities } from './metrics';
export { isSoftwareRendered } from './software';
export type { WeightSignal } from './signals';
export { StepSums, type Sums } from './stepSums';
export { type Batch, type BatchField, disposeResult, type StepResult, Trainer } from './trainer';
