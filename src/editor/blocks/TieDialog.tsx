import { Dialog } from '@/editor/ui';
import { formatDim, nameOf } from '@/layers';
import { useDocumentNode, useNetwork } from '@/state/network';
import { ownersFor, tieTo, titleOfNode } from './edits';
import { closeTie, useTying } from './tying';

/** Whose weights a node is to use: those it could, in a list. */
export function TieDialog() {
  const id = useTying((state) => state.node);
  const node = useDocumentNode(id ?? '');
  return (
    <Dialog
      open={id !== null && node !== undefined}
      onClose={closeTie}
      title={id !== null && node ? `${nameOf(id, node)} shares the weights of…` : ''}
      description="They are the same numbers then, trained together and counted once."
      width="narrow"
    >
      {id === null ? null : <Owners id={id} />}
    </Dialog>
  );
}

function Owners({ id }: { id: string }) {
  const { document, inference } = useNetwork.getState();
  const owners = ownersFor(document, id);
  if (owners.length === 0) {
    return (
      <p className="text-muted">
        Nothing else of this kind stands here. Duplicate it first, or add another: the two can then share weights.
      </p>
    );
  }
  return (
    <ul className="-mx-2">
      {owners.map((owner) => {
        const node = document.graph.nodes[owner];
        const weights = inference.nodes.get(owner)?.weights ?? [];
        return (
          <li key={owner}>
            <button
              type="button"
              className="flex w-full items-baseline justify-between gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover focus-visible:outline-none"
              onClick={() => {
                closeTie();
                tieTo(id, owner);
              }}
            >
              <span className="truncate">
                {titleOfNode(document, owner)} {node ? nameOf(owner, node) : owner}
              </span>
              <span className="shrink-0 text-xs text-muted tabular-nums">
                {weights.map(({ shape }) => shape.map(formatDim).join('×')).join(', ')}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
