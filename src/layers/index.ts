export * from './declaration';
export * from './dimension';
export * from './formula';
export * from './params';
export * from './registry';
