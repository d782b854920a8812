/** Where a card's ports lie. They are told to the flow rather than measured: simple cards then need no port elements. */
import { type NodeHandle, Position } from '@xyflow/react';
import type { Edge } from '@/document';
import { layerOf } from '@/layers';
import { CARD, type Direction } from '../geometry';

/** The one output of every layer but a loss. */
export const OUT = 'out';

export interface NodePorts {
  inputs: readonly string[];
  outputs: readonly string[];
}

/** The ports of a layer type, and those that wires of a faulty document end in all the same. */
export function portsOf(type: string, incoming: readonly Edge[], outgoing: readonly Edge[]): NodePorts {
  const layer = layerOf(type);
  const inputs = new Set(layer ? Object.keys(layer.inputs) : ['in']);
  for (const { to } of incoming) inputs.add(to[1]);
  const outputs = new Set(layer?.role === 'loss' ? [] : [OUT]);
  for (const { from } of outgoing) outputs.add(from[1]);
  return { inputs: [...inputs], outputs: [...outputs] };
}

export const sideOf = (kind: 'source' | 'target', direction: Direction): Position => {
  if (direction === 'down') return kind === 'source' ? Position.Bottom : Position.Top;
  return kind === 'source' ? Position.Right : Position.Left;
};

/** How far along its side a port lies, 0..1. */
export const shareOf = (index: number, count: number): number => (index + 1) / (count + 1);

const SIZE = 10;

export function handlesOf({ inputs, outputs }: NodePorts, direction: Direction): NodeHandle[] {
  const along = direction === 'down' ? CARD.width : CARD.height;
  const handle = (kind: 'source' | 'target', id: string, index: number, count: number): NodeHandle => {
    const at = shareOf(index, count) * along - SIZE / 2;
    const edge = (kind === 'source' ? (direction === 'down' ? CARD.height : CARD.width) : 0) - SIZE / 2;
    const [x, y] = direction === 'down' ? [at, edge] : [edge, at];
    return { id, type: kind, position: sideOf(kind, direction), x, y, width: SIZE, height: SIZE };
  };
  return [
    ...inputs.map((id, index) => handle('target', id, index, inputs.length)),
    ...outputs.map((id, index) => handle('source', id, index, outputs.length)),
  ];
}
