import { type ConnectionState, useConnection, useReactFlow } from '@xyflow/react';
import { useConnecting, verdictOfNode, verdictOfPort } from './store';

/** Says, before the button is let go, why the wire does not fit there. */
export function RefusalTip() {
  const active = useConnecting((state) => state.from !== null);
  return active ? <Tip /> : null;
}

const aimOf = (connection: ConnectionState) => {
  if (!connection.inProgress) return { kind: null, node: '', port: '', x: 0, y: 0 };
  const { toHandle, to } = connection;
  const aim = toHandle?.id == null ? null : { kind: toHandle.type, node: toHandle.nodeId, port: toHandle.id };
  return { kind: null, node: '', port: '', ...aim, x: to.x, y: to.y };
};

function Tip() {
  const { kind, node, port, x, y } = useConnection(aimOf);
  const connecting = useConnecting();
  const flow = useReactFlow();
  const refusal = kind === null ? refusalOver(connecting) : verdictOfPort(connecting, kind, node, port);
  if (refusal === null) return null;
  const { x: left, y: top } = flow.flowToScreenPosition({ x, y });
  return (
    <div role="tooltip" className="refusal-tip" style={{ left: left + 14, top: top + 16 }}>
      {refusal}
    </div>
  );
}

function refusalOver(connecting: ReturnType<typeof useConnecting.getState>): string | null {
  const verdict = connecting.over === null ? null : verdictOfNode(connecting, connecting.over);
  return verdict && 'refusal' in verdict ? verdict.refusal : null;
}
