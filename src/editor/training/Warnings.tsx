import { TriangleAlert } from 'lucide-react';
import { useRun } from '@/state/run';
import { warningsOf } from '@/state/run/warnings';

/** What the run's gradients and losses say, in words, with what to try. */
export function Warnings() {
  const network = useRun((state) => state.network);
  const signals = useRun((state) => state.signals);
  const epochs = useRun((state) => state.epochs);
  const history = useRun((state) => state.history);
  // The history grows in place; its length says when to look again.
  useRun((state) => state.steps);
  if (!network) return null;
  const { nodes } = network.document.graph;
  const warnings = warningsOf({ signals, epochs, history }, (id) => nodes[id]?.name ?? id);
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Warnings" className="flex flex-col gap-1">
      {warnings.map(({ id, text, advice }) => (
        <li key={id} className="flex gap-2 rounded bg-sunken px-3 py-1.5 text-xs">
          <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          <p>
            {text} <span className="text-muted">{advice}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
