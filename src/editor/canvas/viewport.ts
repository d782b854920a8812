/** What others may do with the canvas' view, wherever they are: the flow's instance lives here while it is shown. */
import type { ReactFlowInstance } from '@xyflow/react';
import type { NodeId, Point } from '@/document';
import { useSelection } from '@/state/selection';
import { useView } from '@/state/view';
import type { LayerFlowNode, WireFlowEdge } from './flow/convert';
import { useFlow } from './flow/store';
import { CARD } from './geometry';

export type Flow = ReactFlowInstance<LayerFlowNode, WireFlowEdge>;

let flow: Flow | null = null;
let frame: HTMLElement | null = null;

export function attach(instance: Flow, element: HTMLElement | null): void {
  flow = instance;
  frame = element;
}

export const currentFlow = (): Flow | null => flow;

const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** How long the view and the cards take to a new place, in milliseconds. */
export const glideTime = (): number => (calm() ? 0 : 150);

/** Never so close that a lone card fills the screen. */
const FIT = { padding: 0.12, maxZoom: 1.1 } as const;

export function fitAll(animated = true): void {
  void flow?.fitView({ ...FIT, duration: animated ? glideTime() : 0 });
}

/** Smaller than this a network is not opened whole. */
const READABLE = 0.5;

export function showBeginning(): void {
  const box = frame?.getBoundingClientRect();
  const { nodes } = useFlow.getState();
  if (!flow || !box || nodes.length === 0) return;
  const bounds = flow.getNodesBounds(nodes);
  const whole = Math.min(box.width / bounds.width, box.height / bounds.height) * 0.9;
  if (whole >= READABLE || useView.getState().direction === 'right') {
    fitAll(false);
    return;
  }
  const [first] = [...nodes].sort((a, b) => a.position.y - b.position.y);
  const x = (first?.position.x ?? 0) + CARD.width / 2;
  const zoom = 0.75;
  void flow.setViewport({ x: box.width / 2 - x * zoom, y: 40 - bounds.y * zoom, zoom });
}

export function zoomBy(factor: number): void {
  if (flow) void flow.zoomTo(flow.getZoom() * factor, { duration: glideTime() });
}

/** Selects nothing; brings a node to the middle, close enough to be read. */
export function centreOn(id: NodeId): void {
  const node = useFlow.getState().nodes.find((candidate) => candidate.id === id);
  if (!flow || !node) return;
  const { x, y } = node.position;
  const zoom = Math.max(flow.getZoom(), 0.75);
  void flow.setCenter(x + CARD.width / 2, y + CARD.height / 2, { zoom, duration: glideTime() });
}

/** Selects a node and, where it is out of sight, brings it in. */
export function reveal(id: NodeId): void {
  useSelection.getState().select([id]);
  // The node may be new: the flow learns of it with the next frame.
  requestAnimationFrame(() => {
    const node = useFlow.getState().nodes.find((candidate) => candidate.id === id);
    if (node && !inView([node.position.x, node.position.y])) centreOn(id);
  });
}

/** The point in the middle of what is seen, in canvas pixels. */
export function middle(): Point {
  const box = frame?.getBoundingClientRect();
  if (!flow || !box) return [0, 0];
  const { x, y } = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  return [x, y];
}

/** Whether a whole card at this place would be seen. */
export function inView([x, y]: Point): boolean {
  const box = frame?.getBoundingClientRect();
  if (!flow || !box) return true;
  const from = flow.flowToScreenPosition({ x, y });
  const to = flow.flowToScreenPosition({ x: x + CARD.width, y: y + CARD.height });
  return from.x >= box.left && from.y >= box.top && to.x <= box.right && to.y <= box.bottom;
}
