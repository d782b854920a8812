/** A node on the canvas: a card to read from near, a name on its colour from afar. */
import type { NodeProps } from '@xyflow/react';
import { memo, useContext } from 'react';
import { nameOf } from '@/layers';
import { useNodeInference } from '@/state/network';
import { FarAway } from '../detail';
import type { LayerFlowNode } from '../flow/convert';
import { worstProblem } from '../flow/label';
import { Card } from './Card';
import { FarCard } from './FarCard';
import { NodePortsView } from './NodePortsView';
import { ProblemNote } from './ProblemNote';

export const LayerNode = memo(
  function LayerNode({ id, data }: NodeProps<LayerFlowNode>) {
    const far = useContext(FarAway);
    const { node, layer, ports, direction, copies } = data;
    const inference = useNodeInference(id, node.type);
    const problem = worstProblem(inference);
    if (far) {
      return (
        <FarCard
          id={id}
          data={data}
          name={nameOf(id, node)}
          family={layer?.family ?? 'unknown'}
          severity={problem?.severity}
        />
      );
    }
    return (
      <>
        <Card id={id} node={node} layer={layer} copies={copies} inference={inference} severity={problem?.severity} />
        <NodePortsView id={id} ports={ports} direction={direction} layer={layer} />
        {problem ? <ProblemNote problem={problem} /> : null}
      </>
    );
  },
  (before, next) => before.id === next.id && before.data === next.data,
);
