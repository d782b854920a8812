/**
 * What the engine computes with in WebAssembly, beside tfjs's own: loops over its memory, four numbers at a time.
 * AssemblyScript; `npm run native` makes src/engine/native/binary.ts of it.
 */
export { gruBackward, gruForward, lstmBackward, lstmForward, simpleBackward, simpleForward } from './cells';
export { multiply } from './products';
export { adam } from './updates';
