export * from './grid';
export { layered } from './layered';
