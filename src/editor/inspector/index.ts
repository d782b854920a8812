export { ExplainedNumber } from './ExplainedNumber';
export { Inspector } from './Inspector';
