export * from './blocks';
export { changedBetween, type Difference } from './changes';
export * from './edits';
export * from './layout';
export { type Optimizer, type OptimizerType, optimizer as optimizerSchema } from './optimizers';
export { type Course, rateAt, type Schedule, type ScheduleType, schedule as scheduleSchema } from './schedules';
export * from './schema';
export * from './text';
