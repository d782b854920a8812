export { CompileError, compile, type CompileOptions } from './compile';
export { toKerasJson, toTfjsTopology } from './topology';
export type * from './types';
