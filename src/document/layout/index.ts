export * from './detourPath';
export * from './detours';
export * from './grid';
export { layered } from './layered';
export * from './places';
