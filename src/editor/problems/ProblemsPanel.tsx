import { CircleCheck } from 'lucide-react';
import { useDeferredValue } from 'react';
import { nodeAt } from '@/document';
import { namesAlong } from '@/editor/blocks/edits';
import { centreOn } from '@/editor/canvas/viewport';
import { grouped } from '@/editor/inspector/grouped';
import type { Problem } from '@/inference';
import { layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { lookAt } from './lookAt';
import { ProblemCard } from './ProblemCard';

/** More are not read at once; the first ones come first in the network, and often cause the rest. */
const MOST_SHOWN = 60;

/** Everything that does not fit, by layer, in the order of the network. */
export function ProblemsPanel() {
  // Which repairs work is found out when a problem is shown; that may wait until the edit itself is drawn.
  const problems = useDeferredValue(useNetwork((state) => state.inference.problems));
  const empty = useNetwork((state) => Object.keys(state.document.graph.nodes).length === 0);
  const byNode = [...grouped(problems, ({ path = [], node }) => JSON.stringify([path, node]))];
  return (
    <section aria-label="Problems" className="h-full overflow-y-auto p-2">
      {byNode.length === 0 ? (
        <p className="flex items-center gap-2 text-muted">
          <CircleCheck size={15} aria-hidden className="text-success" />
          {empty ? 'Nothing here yet.' : 'Everything fits.'}
        </p>
      ) : (
        <ul className="flex max-w-3xl flex-col divide-y divide-line">
          {byNode.slice(0, MOST_SHOWN).map(([key, list]) => (
            <NodeProblems key={key} problems={list} />
          ))}
          {byNode.length > MOST_SHOWN ? (
            <li className="px-2 py-2 text-muted">and {byNode.length - MOST_SHOWN} more layers with problems</li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

/** The problems of one node. Inside a block, the way there is told, too: what is wrong may be the instance's doing. */
function NodeProblems({ problems }: { problems: readonly Problem[] }) {
  const [{ path = [], node: id }] = problems as [Problem, ...Problem[]];
  const whole = useNetwork((state) => state.whole);
  const here = useNetwork((state) => JSON.stringify(state.path) === JSON.stringify(path));
  const selected = useSelection((state) => here && state.nodes.has(id));
  const select = useSelection((state) => state.select);
  const node = nodeAt(whole, path, id);
  if (!node) return null;
  const name = node.name ?? id;
  const way = namesAlong(whole, path);
  return (
    <li className={`grid grid-cols-[180px_minmax(0,1fr)] gap-3 px-2 py-2 ${selected ? 'rounded bg-selected' : ''}`}>
      <button
        type="button"
        aria-label={`Show ${name} on the canvas`}
        className="h-fit rounded-sm px-1 text-left hover:bg-hover"
        onClick={() => {
          lookAt({ path, node: id });
          select([id]);
          // After a step into a block its cards come with the next frame.
          requestAnimationFrame(() => requestAnimationFrame(() => centreOn(id)));
        }}
      >
        <span className="block truncate font-medium">{name}</span>
        <span className="block text-xs text-muted">{layerIn(whole, node.type)?.title ?? node.type}</span>
        {way.length === 0 ? null : <span className="block text-xs text-muted">in {way.join(' › ')}</span>}
      </button>
      <ul className="flex flex-col gap-2">
        {problems.map((problem) => (
          <ProblemCard key={`${problem.code} ${problem.port} ${problem.message}`} problem={problem} />
        ))}
      </ul>
    </li>
  );
}
