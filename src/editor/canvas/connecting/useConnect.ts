/** Drawing a wire with the pointer. */
import type { Connection, FinalConnectionState, OnConnectStart } from '@xyflow/react';
import { useMemo } from 'react';
import type { Endpoint, NodeId } from '@/document';
import { nameOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { wire } from '../adding/add';
import { openPicker } from '../dropping/store';
import { OUT } from '../flow/ports';
import { beginConnecting, endConnecting, useConnecting, verdictOfNode, verdictOfPort } from './store';

const nodeUnder = (event: MouseEvent | TouchEvent): { node: NodeId | null; pane: boolean; x: number; y: number } => {
  const { clientX: x, clientY: y } =
    'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  const element = document.elementFromPoint(x, y);
  const node = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null;
  return { node, pane: node === null && element?.closest('.react-flow') != null, x, y };
};

/** Draws a wire as one edit. */
export function connectPorts(from: Endpoint, to: Endpoint): void {
  const { document, edit } = useNetwork.getState();
  const { nodes } = document.graph;
  const [source, target] = [nodes[from[0]], nodes[to[0]]];
  if (!source || !target) return;
  edit(`Wire ${nameOf(from[0], source)} to ${nameOf(to[0], target)}`, (current) => wire(current, from, to));
}

/** Whether a wire fits, from what was found out when it began. */
function isValidConnection({
  source,
  sourceHandle,
  target,
  targetHandle,
}: {
  source: string;
  sourceHandle?: string | null;
  target: string;
  targetHandle?: string | null;
}): boolean {
  const state = useConnecting.getState();
  if (!state.from) return false;
  const verdict =
    state.from.kind === 'source'
      ? verdictOfPort(state, 'target', target, targetHandle ?? 'in')
      : verdictOfPort(state, 'source', source, sourceHandle ?? OUT);
  return verdict === null;
}

const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
  if (nodeId === null || handleId === null || handleType === null) return;
  const { document, inference } = useNetwork.getState();
  beginConnecting(document, inference, { kind: handleType, end: [nodeId, handleId] });
};

function onConnect({ source, sourceHandle, target, targetHandle }: Connection): void {
  connectPorts([source, sourceHandle ?? OUT], [target, targetHandle ?? 'in']);
}

/** Let go elsewhere than on a port: on a card it goes to the port that takes it, on the canvas it asks for a layer. */
function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  const connecting = useConnecting.getState();
  endConnecting();
  const { from } = connecting;
  if (!from || state.toHandle) return;
  const { node, pane, x, y } = nodeUnder(event);
  if (node !== null) {
    const verdict = verdictOfNode(connecting, node);
    if (!verdict || !('port' in verdict)) return;
    const end: Endpoint = [node, verdict.port];
    if (from.kind === 'source') connectPorts(from.end, end);
    else connectPorts(end, from.end);
  } else if (pane) {
    openPicker({ x, y, wire: from });
  }
}

/** The flow's properties for drawing wires. */
export const useConnect = () =>
  useMemo(
    () => ({
      onConnectStart,
      onConnect,
      onConnectEnd,
      isValidConnection,
      onNodeMouseEnter: (_: unknown, node: { id: NodeId }) => {
        if (useConnecting.getState().from) useConnecting.setState({ over: node.id });
      },
      onNodeMouseLeave: () => {
        if (useConnecting.getState().from) useConnecting.setState({ over: null });
      },
    }),
    [],
  );
