import { blockOf, type NodeId } from '@/document';
import { goToOrigin } from '@/editor/blocks/edits';
import { unfoldInstance } from '@/editor/blocks/unfolding';
import { ProblemCard } from '@/editor/problems';
import { Button } from '@/editor/ui';
import { useDocumentNode, useLayer, useNetwork, useNodeInference } from '@/state/network';
import { InstanceSection } from '../block/InstanceSection';
import { Docs } from './Docs';
import { Header } from './Header';
import { Numbers } from './Numbers';
import { Params } from './Params';
import { Weights } from './Weights';
import { Wires } from './Wires';

/** One node: what it is set to, what follows from that, and what there is to read about it. */
export function NodeInspector({ id }: { id: NodeId }) {
  const node = useDocumentNode(id);
  const inference = useNodeInference(id);
  const layer = useLayer(node?.type ?? '');
  const expanded = useNetwork((state) => state.expanded);
  const block = useNetwork((state) => blockOf(state.document, node));
  if (!node) return null;
  return (
    <>
      {expanded ? (
        <div className="flex items-center justify-between gap-2 px-3 pt-3 text-xs text-muted">
          Blocks are opened out, to look at.
          <span className="flex shrink-0 gap-1.5">
            {block ? (
              <Button size="small" onClick={() => unfoldInstance(id)}>
                Show in place
              </Button>
            ) : null}
            <Button size="small" onClick={() => goToOrigin(id)}>
              Edit it
            </Button>
          </span>
        </div>
      ) : null}
      <fieldset disabled={expanded} className="contents">
        <Header id={id} node={node} layer={layer} />
      </fieldset>
      {inference && inference.problems.length > 0 ? (
        <ul aria-label="Problems of this layer" className="flex flex-col gap-2 px-3 pb-3">
          {inference.problems.map((problem) => (
            <ProblemCard key={`${problem.code} ${problem.message}`} problem={problem} />
          ))}
        </ul>
      ) : null}
      {block && !expanded ? <InstanceSection id={id} node={node} block={block} /> : null}
      <fieldset disabled={expanded} className="contents">
        {layer ? <Params ids={[id]} layer={layer} /> : null}
      </fieldset>
      {inference ? <Numbers inference={inference} layer={layer} /> : null}
      {inference && inference.weights.length > 0 ? <Weights node={node} weights={inference.weights} /> : null}
      {layer ? <Wires id={id} layer={layer} /> : null}
      {layer ? <Docs layer={layer} /> : null}
    </>
  );
}
