export * from './detourPath';
export * from './detours';
export { CARD, type Direction, PITCH } from './grid';
export * from './labels';
export { layered } from './layered';
export * from './places';
