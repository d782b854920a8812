/**
 * The document as the flow's nodes and wires. Whatever did not change keeps its object, so that the flow
 * and its memoised components look only at what did.
 */
import type { Edge, Node } from '@xyflow/react';
import {
  type Detour,
  type Edge as DocumentEdge,
  detoursOf,
  edgeKey,
  type LabelPlace,
  labelsOf,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
  type Point,
} from '@/document';
import type { Inference } from '@/inference';
import { type LayerDeclaration, layerIn, nameOf } from '@/layers';
import { CARD, type Direction } from '../geometry';
import { spokenLabel } from './label';
import { handlesOf, type NodePorts, portsOf } from './ports';

export interface CardData extends Record<string, unknown> {
  node: NetworkNode;
  layer: LayerDeclaration | undefined;
  ports: NodePorts;
  direction: Direction;
  /** How many copies a repeated block stands for. */
  copies: number;
  /** The owner of weights that are used more than once, by this node among others; null for weights of its own. */
  shares: NodeId | null;
}

export type LayerFlowNode = Node<CardData, 'layer'>;

export type WireFlowEdge = Edge<
  { edge: DocumentEdge; detour: Detour; direction: Direction; label: LabelPlace | undefined },
  'wire'
>;

export interface Chosen {
  nodes: ReadonlySet<NodeId>;
  edges: ReadonlySet<string>;
}

/** @param seen the inference that `before` was made from */
export function toFlowNodes(
  document: NetworkDocument,
  inference: Inference,
  direction: Direction,
  chosen: Chosen,
  places: ReadonlyMap<NodeId, Point>,
  before: readonly LayerFlowNode[],
  seen: Inference | null,
): LayerFlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const owners = new Set(Object.values(document.graph.nodes).flatMap(({ tiedTo }) => tiedTo ?? []));
  const next = Object.entries(document.graph.nodes).map(([id, node]): LayerFlowNode => {
    const [x, y] = places.get(id) ?? [0, 0];
    const previous = known.get(id);
    const selected = chosen.nodes.has(id);
    // A selection or a move leaves all that is said of most nodes as it was.
    const layer = layerIn(document, node.type);
    const same = previous?.data.node === node && previous.data.layer === layer && seen === inference;
    const copies = same ? previous.data.copies : inference.copiesOf(id);
    const shares = node.tiedTo ?? (owners.has(id) ? id : null);
    const ariaLabel =
      (same ? previous.ariaLabel : undefined) ?? spokenLabel(document, id, node, inference.nodes.get(id), copies);
    const ports = same
      ? previous.data.ports
      : samePorts(
          previous?.data.ports,
          portsOf(node, layer, inference.incoming.get(id) ?? [], inference.outgoing.get(id) ?? []),
        );
    const data =
      previous?.data.node === node &&
      previous.data.layer === layer &&
      previous.data.ports === ports &&
      previous.data.copies === copies &&
      previous.data.shares === shares &&
      previous.data.direction === direction
        ? previous.data
        : { node, layer, ports, direction, copies, shares };
    if (
      previous?.data === data &&
      previous.selected === selected &&
      previous.ariaLabel === ariaLabel &&
      previous.position.x === x &&
      previous.position.y === y
    )
      return previous;
    return {
      id,
      type: 'layer',
      data,
      position: { x, y },
      selected,
      ariaLabel,
      width: CARD.width,
      height: CARD.height,
      measured: { width: CARD.width, height: CARD.height },
      handles: previous?.data === data && previous.handles ? previous.handles : handlesOf(layer, ports, direction),
    };
  });
  return sameItems(before, next) ? (before as LayerFlowNode[]) : next;
}

export function toFlowEdges(
  document: NetworkDocument,
  direction: Direction,
  chosen: Chosen,
  places: ReadonlyMap<NodeId, Point>,
  before: readonly WireFlowEdge[],
): WireFlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const done = new Map<string, WireFlowEdge>();
  const { nodes, edges } = document.graph;
  const detours = detoursOf(edges, places, direction);
  const labels = labelsOf(edges, places, detours, direction);
  for (const edge of edges) {
    const id = edgeKey(edge);
    const [source, target] = [nodes[edge.from[0]], nodes[edge.to[0]]];
    if (done.has(id) || !source || !target) continue;
    const previous = known.get(id);
    const selected = chosen.edges.has(id);
    const detour = detours.get(id) ?? 0;
    const label = labels.get(id);
    const ariaLabel = `Wire from ${nameOf(edge.from[0], source)} to ${nameOf(edge.to[0], target)}`;
    const same =
      previous?.selected === selected &&
      previous.ariaLabel === ariaLabel &&
      previous.data?.detour === detour &&
      previous.data.label?.side === label?.side &&
      previous.data.label?.beside === label?.beside &&
      previous.data.direction === direction;
    done.set(
      id,
      same
        ? previous
        : {
            id,
            type: 'wire',
            source: edge.from[0],
            sourceHandle: edge.from[1],
            target: edge.to[0],
            targetHandle: edge.to[1],
            selected,
            ariaLabel,
            data: { edge, detour, direction, label },
          },
    );
  }
  const next = [...done.values()];
  return sameItems(before, next) ? (before as WireFlowEdge[]) : next;
}

const samePorts = (before: NodePorts | undefined, next: NodePorts): NodePorts =>
  before && sameItems(before.inputs, next.inputs) && sameItems(before.outputs, next.outputs) ? before : next;

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);
