/** A node on the canvas: a card to read from near, a name on its colour from afar. */
import type { NodeProps } from '@xyflow/react';
import { memo, useContext } from 'react';
import type { NodeId } from '@/document';
import { nameOf } from '@/layers';
import { useNetwork, useNodeInference } from '@/state/network';
import { useSelection } from '@/state/selection';
import { FarAway } from '../detail';
import type { LayerFlowNode } from '../flow/convert';
import { worstProblem } from '../flow/label';
import { Card } from './Card';
import { FarCard } from './FarCard';
import { GradientLine } from './GradientLine';
import { NodePortsView } from './NodePortsView';
import { ProblemNote } from './ProblemNote';

/** Whether one of the selected nodes uses the same weights. */
function sharesWithOne(selected: ReadonlySet<NodeId>, id: NodeId, owner: NodeId): boolean {
  const { nodes } = useNetwork.getState().document.graph;
  for (const other of selected) if (other !== id && (nodes[other]?.tiedTo ?? other) === owner) return true;
  return false;
}

export const LayerNode = memo(
  function LayerNode({ id, data }: NodeProps<LayerFlowNode>) {
    const far = useContext(FarAway);
    const { node, layer, ports, direction, copies, shares } = data;
    const inference = useNodeInference(id, node.type);
    const problem = worstProblem(inference);
    const lit = useSelection(({ nodes }) => shares !== null && sharesWithOne(nodes, id, shares));
    // What is opened out has its way before its name; on a card there is only room for the name.
    const expanded = useNetwork((state) => state.expanded);
    const full = nameOf(id, node);
    const name = expanded ? full.slice(full.lastIndexOf('/') + 1) : full;
    if (far) {
      return (
        <FarCard id={id} data={data} name={name} family={layer?.family ?? 'unknown'} severity={problem?.severity} />
      );
    }
    return (
      <>
        <Card
          id={id}
          name={name}
          node={node}
          layer={layer}
          copies={copies}
          shares={shares}
          lit={lit}
          inference={inference}
          severity={problem?.severity}
        />
        <GradientLine id={id} />
        <NodePortsView id={id} ports={ports} direction={direction} layer={layer} />
        {problem ? <ProblemNote problem={problem} /> : null}
      </>
    );
  },
  (before, next) => before.id === next.id && before.data === next.data,
);
