import { CircleAlert, TriangleAlert } from 'lucide-react';
import { Button } from '@/editor/ui';
import { applyRepair, type Problem } from '@/inference';
import type { Repair } from '@/layers';
import { useNetwork } from '@/state/network';
import { lookAt } from './lookAt';

/** In the graph where the problem lies: one goes there first. */
function mend(problem: Problem, repair: Repair): void {
  lookAt(problem);
  const { edit, inference } = useNetwork.getState();
  edit(`Fix: ${repair.title}`, (document) => applyRepair(document, problem, repair, inference));
}

/** What does not fit, why, and the ways out; one click takes one, undo takes it back. */
export function ProblemCard({ problem }: { problem: Problem }) {
  const isError = problem.severity === 'error';
  return (
    <li className="flex gap-2 text-[13px]">
      {isError ? (
        <CircleAlert size={15} aria-label="Error" className="mt-0.5 shrink-0 text-danger" />
      ) : (
        <TriangleAlert size={15} aria-label="Warning" className="mt-0.5 shrink-0 text-warning" />
      )}
      <div className="min-w-0">
        <p>{problem.message}</p>
        {problem.why === undefined ? null : <p className="text-muted">{problem.why}</p>}
        {problem.repairs.length === 0 ? null : (
          <div className="mt-1.5 flex flex-wrap gap-1.5">
            {problem.repairs.map((repair) => (
              <Button key={`${repair.kind} ${repair.title}`} size="small" onClick={() => mend(problem, repair)}>
                {repair.title}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}
