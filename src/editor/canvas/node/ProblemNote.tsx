import { applyRepair, type Problem } from '@/inference';
import { useNetwork } from '@/state/network';

/** Under its card: what is wrong in one sentence and the first way out. A warning only says so quietly. */
export function ProblemNote({ problem }: { problem: Problem }) {
  if (problem.severity === 'warning') {
    return (
      <div className="problem-note" data-severity="warning">
        <p title={problem.message}>{problem.message}</p>
      </div>
    );
  }
  const [repair] = problem.repairs;
  return (
    <div className="problem-note nopan" data-severity="error">
      <p title={problem.why === undefined ? problem.message : `${problem.message} ${problem.why}`}>{problem.message}</p>
      {repair ? (
        <button
          type="button"
          className="nodrag"
          onClick={(event) => {
            event.stopPropagation();
            const { edit, inference } = useNetwork.getState();
            edit(`Fix: ${repair.title}`, (document) => applyRepair(document, problem, repair, inference));
          }}
        >
          {repair.title}
        </button>
      ) : null}
    </div>
  );
}
