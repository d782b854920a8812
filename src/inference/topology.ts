/** The structure of a graph: who feeds whom, in which order, and where it runs in circles. */
import type { Edge, Graph, NodeId } from '@/document';

export interface Topology {
  incoming: Map<NodeId, Edge[]>;
  outgoing: Map<NodeId, Edge[]>;
  /** Every node after all that feed it; nodes on or behind a cycle come last, in document order. */
  order: NodeId[];
  place: Map<NodeId, number>;
  /** How many nodes of `order` are free of cycles. */
  sound: number;
  /** Wires that close a cycle, found by walking from the first node on it. */
  closing: Edge[];
}

const NONE: readonly Edge[] = [];

/** Kahn 1962, keeping document order among equals. Linear in nodes and wires. */
export function topologyOf({ nodes, edges }: Graph): Topology {
  const incoming = new Map<NodeId, Edge[]>();
  const outgoing = new Map<NodeId, Edge[]>();
  for (const id of Object.keys(nodes)) {
    incoming.set(id, []);
    outgoing.set(id, []);
  }
  for (const edge of edges) {
    incoming.get(edge.to[0])?.push(edge);
    outgoing.get(edge.from[0])?.push(edge);
  }
  const waiting = new Map<NodeId, number>();
  const order: NodeId[] = [];
  for (const [id, into] of incoming) {
    waiting.set(id, into.length);
    if (into.length === 0) order.push(id);
  }
  for (let at = 0; at < order.length; at++) {
    for (const edge of outgoing.get(order[at] ?? '') ?? NONE) {
      const left = (waiting.get(edge.to[0]) ?? 0) - 1;
      waiting.set(edge.to[0], left);
      if (left === 0) order.push(edge.to[0]);
    }
  }
  const sound = order.length;
  const done = new Set(order);
  const rest = [...incoming.keys()].filter((id) => !done.has(id));
  order.push(...rest);
  return {
    incoming,
    outgoing,
    order,
    place: new Map(order.map((id, at) => [id, at])),
    sound,
    closing: closingEdges(rest, outgoing),
  };
}

/** The back edges of a depth-first walk over nodes that are not in order. */
function closingEdges(rest: readonly NodeId[], outgoing: ReadonlyMap<NodeId, readonly Edge[]>): Edge[] {
  const state = new Map<NodeId, 'open' | 'done'>();
  const closing: Edge[] = [];
  for (const start of rest) {
    if (state.has(start)) continue;
    const path: { id: NodeId; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = (outgoing.get(top.id) ?? NONE)[top.next];
      if (!edge) {
        state.set(top.id, 'done');
        path.pop();
        continue;
      }
      top.next += 1;
      const target = edge.to[0];
      if (state.get(target) === 'open') closing.push(edge);
      else if (!state.has(target)) {
        state.set(target, 'open');
        path.push({ id: target, next: 0 });
      }
    }
  }
  return closing;
}

/** All nodes that `start` feeds, directly or not, itself included. */
export function downstreamOf(start: NodeId, outgoing: ReadonlyMap<NodeId, readonly Edge[]>): Set<NodeId> {
  const seen = new Set([start]);
  for (const id of seen) for (const edge of outgoing.get(id) ?? NONE) seen.add(edge.to[0]);
  return seen;
}
