/** What React Flow does by itself with as many plain cards: the measure for our canvas. */
import '@xyflow/react/dist/style.css';
import { type Edge, type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import type { Figure } from './figure';
import { cards, wires } from './network';

const figure: Figure = window.figure ?? { cards, wires };

const NODES: Node[] = figure.cards.map(({ id, at: [x, y] }) => ({ id, position: { x, y }, data: { label: id } }));
const EDGES: Edge[] = figure.wires.map(({ from, to }) => ({ id: `${from} ${to}`, source: from, target: to }));

function Bare() {
  const [nodes, , onNodesChange] = useNodesState(NODES);
  const [edges, , onEdgesChange] = useEdgesState(EDGES);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      minZoom={0.05}
      panOnScroll
      fitView={!figure.view}
      {...(figure.view && { defaultViewport: figure.view })}
    />
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Bare />);
