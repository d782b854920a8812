import { Handle } from '@xyflow/react';
import { memo } from 'react';
import type { NodeId } from '@/document';
import type { LayerDeclaration } from '@/layers';
import { useConnecting, verdictOfPort } from '../connecting/store';
import { type NodePorts, sharesOf, sideOf } from '../flow/ports';
import type { Direction } from '../geometry';

interface Props {
  id: NodeId;
  ports: NodePorts;
  direction: Direction;
  layer: LayerDeclaration | undefined;
}

export const NodePortsView = memo(function NodePortsView({ id, ports, direction, layer }: Props) {
  const [inputs, outputs] = [sharesOf(layer?.type ?? '', ports.inputs), sharesOf('', ports.outputs)];
  return (
    <>
      {ports.inputs.map((port, index) => (
        <Port
          key={`in ${port}`}
          node={id}
          port={port}
          kind="target"
          share={inputs[index] ?? 0.5}
          direction={direction}
          title={layer?.inputs[port]?.title ?? port}
        />
      ))}
      {ports.outputs.map((port, index) => (
        <Port
          key={`out ${port}`}
          node={id}
          port={port}
          kind="source"
          share={outputs[index] ?? 0.5}
          direction={direction}
          title={port === 'out' ? 'Output' : port}
        />
      ))}
    </>
  );
});

interface PortProps {
  node: NodeId;
  port: string;
  kind: 'source' | 'target';
  share: number;
  direction: Direction;
  title: string;
}

function Port({ node, port, kind, share, direction, title }: PortProps) {
  const fit = useConnecting((state) => {
    if (!state.from) return undefined;
    return verdictOfPort(state, kind, node, port) === null ? 'fits' : 'refused';
  });
  const along = `${share * 100}%`;
  return (
    <Handle
      id={port}
      type={kind}
      position={sideOf(kind, direction)}
      className="port"
      data-fit={fit}
      title={title}
      style={direction === 'down' ? { left: along } : { top: along }}
    />
  );
}
