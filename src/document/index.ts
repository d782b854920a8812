export { replacedBetween } from './changes';
export * from './edits';
export * from './schema';
export * from './text';
