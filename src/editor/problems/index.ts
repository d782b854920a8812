export { ProblemsPanel } from './ProblemsPanel';
