export * from './edits';
export * from './schema';
export * from './text';
