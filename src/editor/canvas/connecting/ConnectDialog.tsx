/** Wiring without a pointer: every port of the network in a list, those that refuse with their reason. */
import { useState } from 'react';
import { edgeKey, type NodeId } from '@/document';
import { Dialog } from '@/editor/ui';
import { layerIn, nameOf, outputsOf } from '@/layers';
import { useDocumentNode, useNetwork } from '@/state/network';
import { titleOf } from '../flow/label';
import { OUT } from '../flow/ports';
import { closeConnect, useConnectDialog } from './dialog';
import { judge } from './store';
import { connectPorts } from './useConnect';

export function ConnectDialog() {
  const from = useConnectDialog((state) => state.from);
  const node = useDocumentNode(from ?? '');
  return (
    <Dialog
      open={from !== null && node !== undefined}
      onClose={closeConnect}
      title={from !== null && node ? `Connect ${nameOf(from, node)} to…` : ''}
      width="narrow"
    >
      {from === null ? null : <Targets from={from} />}
    </Dialog>
  );
}

interface Target {
  id: NodeId;
  port: string;
  title: string;
  refusal: string | null;
}

function Targets({ from }: { from: NodeId }) {
  const { inference } = useNetwork.getState();
  const output = outputOf(from);
  const [query, setQuery] = useState('');
  const [targets] = useState(() => targetsOf(from));
  const wanted = query.trim().toLowerCase();
  const shown = targets.filter(({ title }) => title.toLowerCase().includes(wanted));
  const wired = new Set((inference.outgoing.get(from) ?? []).map(edgeKey));
  return (
    <>
      <input
        aria-label="Search nodes"
        placeholder="Search nodes"
        className="mb-1 h-7 w-full rounded-md border border-line bg-field px-2 outline-none placeholder:text-muted focus-visible:border-accent"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="-mx-2">
        {shown.map(({ id, port, title, refusal }) => {
          const done = wired.has(edgeKey({ from: [from, output], to: [id, port] }));
          const reason = done ? 'Wired already.' : refusal;
          return (
            <li key={`${id} ${port}`}>
              <button
                type="button"
                aria-disabled={reason !== null}
                className="flex w-full flex-col rounded-sm px-2 py-1 text-left not-aria-disabled:hover:bg-hover focus-visible:bg-hover focus-visible:outline-none aria-disabled:cursor-not-allowed"
                onClick={() => {
                  if (reason !== null) return;
                  closeConnect();
                  connectPorts([from, output], [id, port]);
                }}
              >
                <span className={reason === null ? undefined : 'text-muted'}>{title}</span>
                {reason === null ? null : <span className="text-xs text-muted">{reason}</span>}
              </button>
            </li>
          );
        })}
        {shown.length === 0 ? <li className="px-2 py-2 text-muted">No other node answers to that.</li> : null}
      </ul>
    </>
  );
}

/** The node's main output. */
function outputOf(id: NodeId): string {
  const { document } = useNetwork.getState();
  const node = document.graph.nodes[id];
  return (node && outputsOf(node, null, layerIn(document, node.type))[0]) ?? OUT;
}

/** Those that fit first; otherwise in the order of the network. */
function targetsOf(from: NodeId): Target[] {
  const { document, inference } = useNetwork.getState();
  const verdicts = judge(document, inference, { kind: 'source', end: [from, outputOf(from)] });
  const targets = inference.order.flatMap((id): Target[] => {
    const node = document.graph.nodes[id];
    if (!node || id === from) return [];
    const inputs = layerIn(document, node.type)?.inputs ?? {};
    const several = Object.keys(inputs).length > 1;
    return [...(verdicts.get(id) ?? [])].map(([port, refusal]) => ({
      id,
      port,
      title: `${titleOf(document, node.type)} ${nameOf(id, node)}${several ? `: ${inputs[port]?.title ?? port}` : ''}`,
      refusal,
    }));
  });
  return targets.sort((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null));
}
