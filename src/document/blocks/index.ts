export * from './define';
export * from './detach';
export {
  type Environment,
  evaluateExpression,
  isExpression,
  substitute,
} from './expressions';
export * from './flatten';
export * from './focus';
export * from './group';
export * from './ports';
