export * from './declaration';
export * from './dimension';
export * from './formula';
export * from './initializers';
export * from './keras';
export * from './params';
export * from './registry';
