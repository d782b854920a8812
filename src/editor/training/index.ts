export { TrainingPanel } from './TrainingPanel';
export { TrainingStatus } from './TrainingStatus';
export { type TrainCommands, useTrain } from './useTrain';
