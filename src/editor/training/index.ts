export { TrainingPanel } from './TrainingPanel';
export { TrainingStatus } from './TrainingStatus';
