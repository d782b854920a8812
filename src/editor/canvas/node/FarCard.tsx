import { memo } from 'react';
import type { NodeId } from '@/document';
import type { Problem } from '@/inference';
import type { LayerFlowNode } from '../flow/convert';
import { sharesOf, sideOf } from '../flow/ports';

interface Props {
  id: NodeId;
  data: LayerFlowNode['data'];
  name: string;
  family: string;
  severity: Problem['severity'] | undefined;
}

/** A card from afar: its name on its colour, as little of a document as will do. */
export const FarCard = memo(function FarCard({ id, data: { layer, ports, direction }, name, family, severity }: Props) {
  // The flow measures ports by their elements whenever a node comes into sight; these only mark the spots.
  const mark = (kind: 'source' | 'target', port: string, share: number) => {
    const along = `${share * 100}%`;
    return (
      <i
        key={`${kind} ${port}`}
        className={`far-port ${kind}`}
        data-nodeid={id}
        data-handleid={port}
        data-handlepos={sideOf(kind, direction)}
        style={direction === 'down' ? { left: along } : { top: along }}
      />
    );
  };
  const [inputs, outputs] = [sharesOf(layer, ports.inputs), sharesOf(undefined, ports.outputs)];
  return (
    <div className="far-card" data-problem={severity} style={{ borderLeftColor: `var(--family-${family})` }}>
      {name}
      {ports.inputs.map((port, index) => mark('target', port, inputs[index] ?? 0.5))}
      {ports.outputs.map((port, index) => mark('source', port, outputs[index] ?? 0.5))}
    </div>
  );
});
