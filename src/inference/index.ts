export { type Advice, initializerAdvice, orderAdvice } from './advice';
export { canFollow, canInsert, healsBetween, refusalToConnect } from './connect';
export { type FieldsOf, openedOut } from './inferencer';
export { inferenceMemory, trainingMemory } from './memory';
export { createInferencer, type Inferencer, inferDocument } from './network';
export { applyRepair } from './repairs';
export { downstreamOf } from './topology';
export type * from './types';
