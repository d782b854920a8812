/** Dragging a layer from the palette: onto the canvas, or onto a wire. */
import { type DragEvent, useMemo } from 'react';
import { type Edge, edgeKey } from '@/document';
import { canInsert } from '@/inference';
import { useNetwork } from '@/state/network';
import { addAt, insertOnWire } from '../adding/edit';
import { currentFlow } from '../viewport';
import { endDrag, LAYER_DATA, useDropping } from './store';

/** A wire this near, in screen pixels, is meant. */
const REACH = 16;
const AROUND = [
  [0, 0],
  [-REACH, 0],
  [REACH, 0],
  [0, -REACH],
  [0, REACH],
] as const;

/** The wire under the pointer that takes a layer of this type. */
function wireFor(type: string, x: number, y: number): Edge | undefined {
  const { document: network, inference } = useNetwork.getState();
  for (const [dx, dy] of AROUND) {
    const element = document.elementFromPoint(x + dx, y + dy)?.closest<SVGElement>('.react-flow__edge');
    const key = element?.dataset.id;
    const edge = key === undefined ? undefined : network.graph.edges.find((candidate) => edgeKey(candidate) === key);
    if (edge && canInsert(network, inference, edge, type)) return edge;
  }
  return undefined;
}

function onDragOver(event: DragEvent): void {
  const { type, edge: before } = useDropping.getState();
  if (type === null || !event.dataTransfer.types.includes(LAYER_DATA)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  const edge = wireFor(type, event.clientX, event.clientY);
  const key = edge ? edgeKey(edge) : null;
  if (key !== before) useDropping.setState({ edge: key });
}

function onDragLeave(event: DragEvent): void {
  const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
  if (!inside) useDropping.setState({ edge: null });
}

function onDrop(event: DragEvent): void {
  const type = event.dataTransfer.getData(LAYER_DATA);
  const flow = currentFlow();
  if (type === '' || !flow) return;
  event.preventDefault();
  const edge = wireFor(type, event.clientX, event.clientY);
  endDrag();
  const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  if (edge) insertOnWire(type, edge);
  else addAt(type, [x, y]);
}

/** The canvas' properties for what is dropped on it. */
export const useDrop = () => useMemo(() => ({ onDragOver, onDragLeave, onDrop }), []);
