/**
 * What the flow shows: the document's nodes and wires, with the places of those that are on the move.
 * The document, the selection and the direction are the truth; this follows them.
 */
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { create } from 'zustand';
import { moveNodes, type NodeId, type Point, placesOf } from '@/document';
import type { Inference } from '@/inference';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { useView } from '@/state/view';
import { type LayerFlowNode, toFlowEdges, toFlowNodes, type WireFlowEdge } from './convert';

interface FlowState {
  nodes: LayerFlowNode[];
  edges: WireFlowEdge[];
}

export const useFlow = create<FlowState>(() => ({ nodes: [], edges: [] }));

/** Places that the document does not know yet: of nodes being dragged or gliding. */
let moving: ReadonlyMap<NodeId, Point> = new Map();

/** What the nodes shown were made from. */
let seen: Inference | null = null;

function follow(): void {
  const { document, inference } = useNetwork.getState();
  const { direction } = useView.getState();
  const chosen = useSelection.getState();
  const { nodes, edges } = useFlow.getState();
  const places = new Map(placesOf(document, direction));
  const nextEdges = toFlowEdges(document, direction, chosen, places, edges);
  for (const [id, place] of moving) if (places.has(id)) places.set(id, place);
  const nextNodes = toFlowNodes(document, inference, direction, chosen, places, nodes, seen);
  seen = inference;
  if (nextNodes !== nodes || nextEdges !== edges) useFlow.setState({ nodes: nextNodes, edges: nextEdges });
}

/** Keeps the flow in step; gives the way to stop. */
export function followDocument(): () => void {
  follow();
  const stops = [useNetwork, useSelection, useView].map((store) => store.subscribe(follow));
  return () => {
    for (const stop of stops) stop();
  };
}

/** Shows nodes elsewhere than the document says, until `settle`. */
export function hold(places: ReadonlyMap<NodeId, Point>): void {
  moving = places;
  useFlow.setState(({ nodes }) => ({
    nodes: nodes.map((node) => {
      const place = places.get(node.id);
      if (!place || (node.position.x === place[0] && node.position.y === place[1])) return node;
      return { ...node, position: { x: place[0], y: place[1] } };
    }),
  }));
}

/** Writes held places into the document, as one edit. */
export function settle(label: string): void {
  const places = Object.fromEntries([...moving].map(([id, [x, y]]) => [id, [Math.round(x), Math.round(y)] as const]));
  moving = new Map();
  const { document: before, edit } = useNetwork.getState();
  edit(label, (document) => moveNodes(document, places));
  // An edit brings its own turn; without one the cards fall back to where they were.
  if (useNetwork.getState().document === before) follow();
}

/** Lets held nodes fall back to where the document has them. */
export function release(): void {
  moving = new Map();
  follow();
}

/** Moves and selections that the flow reports. All of one gesture's step come at once. */
export function onNodesChange(changes: NodeChange<LayerFlowNode>[]): void {
  const places = new Map(moving);
  let chosen: Set<NodeId> | undefined;
  for (const change of changes) {
    if (change.type === 'position' && change.position && change.dragging) {
      places.set(change.id, [change.position.x, change.position.y]);
    }
    if (change.type === 'select') {
      chosen ??= new Set(useSelection.getState().nodes);
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
  }
  if (places.size > 0 && changes.some((change) => change.type === 'position')) hold(places);
  if (chosen) useSelection.setState({ nodes: chosen });
}

export function onEdgesChange(changes: EdgeChange<WireFlowEdge>[]): void {
  const edges = new Set(useSelection.getState().edges);
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    changed = true;
    if (change.selected) edges.add(change.id);
    else edges.delete(change.id);
  }
  if (changed) useSelection.setState({ edges });
}
