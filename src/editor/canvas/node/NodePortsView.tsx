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
  const [inputs, shares] = [sharesOf(layer, ports.inputs), sharesOf(undefined, ports.outputs)];
  // Of layers one knows the ports; a block's are what its author called them.
  const isBlock = layer?.role === 'block';
  const outputs = isBlock ? (layer.outputs?.({}) ?? {}) : {};
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
          named={isBlock && ports.inputs.length > 1}
        />
      ))}
      {ports.outputs.map((port, index) => (
        <Port
          key={`out ${port}`}
          node={id}
          port={port}
          kind="source"
          share={shares[index] ?? 0.5}
          direction={direction}
          title={outputs[port]?.title ?? (port === 'out' ? 'Output' : port)}
          named={isBlock && ports.outputs.length > 1}
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
  /** Whether the name is written beside it. */
  named: boolean;
}

function Port({ node, port, kind, share, direction, title, named }: PortProps) {
  const fit = useConnecting((state) => {
    if (!state.from) return undefined;
    return verdictOfPort(state, kind, node, port) === null ? 'fits' : 'refused';
  });
  const along = `${share * 100}%`;
  const style = direction === 'down' ? { left: along } : { top: along };
  return (
    <>
      <Handle
        id={port}
        type={kind}
        position={sideOf(kind, direction)}
        className="port"
        data-fit={fit}
        title={title}
        style={style}
      />
      {named ? (
        <span aria-hidden className="port-name" data-side={sideOf(kind, direction)} style={style}>
          {title}
        </span>
      ) : null}
    </>
  );
}
