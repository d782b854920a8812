export { type Advice, initializerAdvice } from './advice';
export { canFollow, canInsert, healsBetween, refusalToConnect } from './connect';
export { createInferencer, type FieldsOf, type Inferencer, inferDocument } from './inferencer';
export { inferenceMemory, trainingMemory } from './memory';
export { applyRepair } from './repairs';
export { downstreamOf } from './topology';
export type * from './types';
