export { CompileError, type CompileOptions, compile } from './compile';
export { toKerasJson, toTfjsTopology } from './topology';
export type * from './types';
