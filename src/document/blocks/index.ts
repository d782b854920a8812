export * from './define';
export * from './detach';
export {
  type Environment,
  ExpressionError,
  evaluateExpression,
  isExpression,
  isParamName,
  substitute,
} from './expressions';
export * from './flatten';
export * from './focus';
export * from './fragments';
export * from './group';
export * from './instance';
export * from './ports';
export * from './unfold';
