export { ProblemCard } from './ProblemCard';
export { ProblemsPanel } from './ProblemsPanel';
