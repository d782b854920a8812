/** Where a card's ports lie. They are told to the flow rather than measured: simple cards then need no port elements. */
import { type NodeHandle, Position } from '@xyflow/react';
import type { Edge, NetworkNode } from '@/document';
import { type LayerDeclaration, outputsOf } from '@/layers';
import { CARD, type Direction } from '../geometry';

/** The main output of every layer but a loss. */
export const OUT = 'out';

export interface NodePorts {
  inputs: readonly string[];
  outputs: readonly string[];
}

/** The ports of a layer type, and those that wires of a faulty document end in all the same. */
export function portsOf(
  node: NetworkNode,
  layer: LayerDeclaration | undefined,
  incoming: readonly Edge[],
  outgoing: readonly Edge[],
): NodePorts {
  const inputs = new Set(layer ? Object.keys(layer.inputs) : ['in']);
  for (const { to } of incoming) inputs.add(to[1]);
  const outputs = new Set(outputsOf(node, null, layer));
  for (const { from } of outgoing) outputs.add(from[1]);
  return { inputs: [...inputs], outputs: [...outputs] };
}

export const sideOf = (kind: 'source' | 'target', direction: Direction): Position => {
  if (direction === 'down') return kind === 'source' ? Position.Bottom : Position.Top;
  return kind === 'source' ? Position.Right : Position.Left;
};

/** As wide as the dot, so that wires end at its rim. */
const SIZE = 8;

/**
 * How far along its side each port lies, 0..1: those that need a wire are spread evenly, so that a single one is in
 * the middle and chains run straight; optional ones stand at the end, unless there are no others.
 */
export function sharesOf(layer: LayerDeclaration | undefined, ports: readonly string[]): number[] {
  const inputs = layer?.inputs ?? {};
  const isOptional = (port: string): boolean => inputs[port]?.optional === true;
  const needed = ports.every(isOptional) ? ports : ports.filter((port) => !isOptional(port));
  let extra = ports.length - needed.length;
  return ports.map((port) =>
    needed.includes(port) ? (needed.indexOf(port) + 1) / (needed.length + 1) : 1 - 0.14 * extra--,
  );
}

export function handlesOf(
  layer: LayerDeclaration | undefined,
  { inputs, outputs }: NodePorts,
  direction: Direction,
): NodeHandle[] {
  const along = direction === 'down' ? CARD.width : CARD.height;
  const handle = (kind: 'source' | 'target', id: string, share: number): NodeHandle => {
    const at = share * along - SIZE / 2;
    const edge = (kind === 'source' ? (direction === 'down' ? CARD.height : CARD.width) : 0) - SIZE / 2;
    const [x, y] = direction === 'down' ? [at, edge] : [edge, at];
    return { id, type: kind, position: sideOf(kind, direction), x, y, width: SIZE, height: SIZE };
  };
  const shares = sharesOf(layer, inputs);
  return [
    ...inputs.map((id, index) => handle('target', id, shares[index] ?? 0.5)),
    ...outputs.map((id, index) => handle('source', id, (index + 1) / (outputs.length + 1))),
  ];
}
