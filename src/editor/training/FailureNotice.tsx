import { CircleAlert } from 'lucide-react';
import { Button } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { useView } from '@/state/view';
import { type NextStep, nextSteps } from './nextSteps';

/** What went wrong, why, and what to do next. */
export function FailureNotice() {
  const failure = useRun((state) => state.failure);
  const weights = useRun((state) => state.weights);
  const backend = useRun((state) => state.backendChoice);
  const document = useNetwork((state) => state.whole);
  const openDock = useView((state) => state.openDock);
  if (!failure) return null;
  const take = ({ change, backend: other, from, leadsTo }: NextStep) => {
    if (leadsTo) return openDock(leadsTo);
    const { editWhole } = useNetwork.getState();
    const run = useRun.getState();
    if (change) editWhole(change.label, change.apply);
    if (other) run.chooseBackend(other);
    const { id, whole: now } = useNetwork.getState();
    void run.train(id, now, from && { weights: from.bundle });
  };
  return (
    <div role="alert" className="flex gap-2 rounded border border-danger/50 px-3 py-2">
      <CircleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p>{failure.message}</p>
        <p className="text-muted">{failure.next}</p>
        <div className="mt-1.5 flex flex-wrap gap-1.5">
          {nextSteps(failure, document, weights, backend).map((step) => (
            <Button key={step.title} size="small" onClick={() => take(step)}>
              {step.title}
            </Button>
          ))}
        </div>
      </div>
    </div>
  );
}
