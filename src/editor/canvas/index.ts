export { Canvas } from './Canvas';
export { centreOn } from './viewport';
