/**
 * The structure of a graph: who feeds whom, in which order, and where it runs in circles. It is kept from one graph
 * to the next: only wires that came or went are looked at. The order is found anew, by one short step for each
 * node and wire (a hundredth of what looking at a layer takes), so that it always is the one that a fresh look finds.
 */
import type { Difference, Edge, Graph, NodeId } from '@/document';

/** A node with what the order needs. */
interface Place {
  readonly id: NodeId;
  /** How many wires come in. */
  sources: number;
  /** Whom it feeds, one entry for each wire. */
  targets: readonly Place[];
  /** How many of those that feed it are not in order yet. */
  waiting: number;
  /** Its index in the order. */
  at: number;
  /** Neither on nor behind a circle. */
  sound: boolean;
}

/** What a graph's structure has become other than before. */
interface StructuralChange {
  /** Nodes of the graph whose wires, whose use or whose part in circles changed. */
  touched: Set<NodeId>;
  removed: NodeId[];
}

type Wires = Map<NodeId, readonly Edge[]>;

const NONE: readonly Edge[] = [];

export class Topology {
  private readonly into: Wires = new Map();
  private readonly outOf: Wires = new Map();
  private places = new Map<NodeId, Place>();
  private edges: readonly Edge[] = NONE;
  private present = new Set<Edge>();
  /** Nodes at either end of wires whose other end is missing. */
  private looseEnds = new Set<NodeId>();
  private arranged: readonly NodeId[] = [];
  private closed: ReadonlyMap<NodeId, Edge> = new Map();

  /** Wires into each node, in document order. */
  get incoming(): ReadonlyMap<NodeId, readonly Edge[]> {
    return this.into;
  }

  get outgoing(): ReadonlyMap<NodeId, readonly Edge[]> {
    return this.outOf;
  }

  /** Every node after all that feed it; nodes on or behind a circle come last, in document order. */
  get order(): readonly NodeId[] {
    return this.arranged;
  }

  /** The first wire that closes a circle, by the node at which it ends. */
  get closing(): ReadonlyMap<NodeId, Edge> {
    return this.closed;
  }

  /** A node's index in the order. */
  placeOf(id: NodeId): number | undefined {
    return this.places.get(id)?.at;
  }

  /** Whether a node is neither on nor behind a circle. */
  isSound(id: NodeId): boolean {
    return this.places.get(id)?.sound ?? false;
  }

  /**
   * Takes on another graph.
   * @param difference in which nodes it differs from the graph before
   * @returns what is other than before; null where no node and no wire came, went or changed its place
   */
  update({ nodes, edges }: Graph, { ids, appended }: Difference): StructuralChange | null {
    const removed = [...ids].filter((id) => this.places.has(id) && !Object.hasOwn(nodes, id));
    const added = [...ids].filter((id) => !this.places.has(id) && Object.hasOwn(nodes, id));
    const touched = new Set<NodeId>(added);
    if (removed.length === 0 && added.length === 0 && edges === this.edges && appended) return null;
    for (const id of added) this.places.set(id, { id, sources: 0, targets: [], waiting: 0, at: 0, sound: true });
    for (const id of removed) this.places.delete(id);
    // A number as a name comes before all other names, whenever it was added.
    if (!(appended && added.every(isNoNumber))) this.sortPlaces(nodes);
    this.rewire(edges, added, removed, touched);
    this.arrange(touched);
    for (const id of removed) touched.delete(id);
    return { touched, removed };
  }

  private sortPlaces(nodes: Graph['nodes']): void {
    const { places } = this;
    this.places = new Map();
    for (const id of Object.keys(nodes)) {
      const place = places.get(id);
      if (place) this.places.set(id, place);
    }
  }

  private rewire(edges: readonly Edge[], added: readonly NodeId[], removed: readonly NodeId[], touched: Set<NodeId>) {
    const change = compareEdges(this.edges, edges, this.present);
    this.edges = edges;
    for (const edge of change.removed) this.present.delete(edge);
    for (const edge of change.added) this.present.add(edge);
    for (const id of added) {
      this.into.set(id, NONE);
      this.outOf.set(id, NONE);
    }
    const targets = relist(this.into, ({ to }) => to[0], change, edges);
    const sources = relist(this.outOf, ({ from }) => from[0], change, edges);
    for (const id of targets.keys()) touched.add(id);
    // Whether an output is used is worth a word; by how many, is not.
    for (const [id, count] of sources) if (count === 0 || this.outOf.get(id)?.length === 0) touched.add(id);
    const whole =
      this.looseEnds.size === 0 &&
      this.present.size === edges.length &&
      change.added.every(({ from, to }) => this.places.has(from[0]) && this.places.has(to[0])) &&
      removed.every((id) => this.into.get(id)?.length === 0 && this.outOf.get(id)?.length === 0);
    for (const id of removed) {
      this.into.delete(id);
      this.outOf.delete(id);
    }
    if (whole) this.link(targets.keys(), sources.keys());
    else this.rebuild(touched);
  }

  private link(targets: Iterable<NodeId>, sources: Iterable<NodeId>): void {
    for (const id of targets) {
      const place = this.places.get(id);
      if (place) place.sources = this.into.get(id)?.length ?? 0;
    }
    for (const id of sources) {
      const place = this.places.get(id);
      if (!place) continue;
      const targets: Place[] = [];
      for (const { to } of this.outOf.get(id) ?? NONE) {
        const target = this.places.get(to[0]);
        if (target) targets.push(target);
      }
      place.targets = targets;
    }
  }

  /** Lists all wires anew: where some lead nowhere, or one stands there twice. */
  private rebuild(touched: Set<NodeId>): void {
    for (const id of this.looseEnds) touched.add(id);
    this.looseEnds.clear();
    const [into, outOf] = [new Map<NodeId, Edge[]>(), new Map<NodeId, Edge[]>()];
    const loose = new Map<NodeId, number>();
    for (const id of this.places.keys()) {
      into.set(id, []);
      outOf.set(id, []);
    }
    for (const edge of this.edges) {
      const [from, to] = [edge.from[0], edge.to[0]];
      into.get(to)?.push(edge);
      outOf.get(from)?.push(edge);
      if (into.has(to) && outOf.has(from)) continue;
      for (const id of [from, to]) {
        this.looseEnds.add(id);
        touched.add(id);
      }
      loose.set(to, (loose.get(to) ?? 0) + 1);
    }
    for (const [id, edges] of into) this.into.set(id, edges);
    for (const [id, edges] of outOf) this.outOf.set(id, edges);
    this.link(into.keys(), outOf.keys());
    // What comes from nowhere is not waited for.
    for (const [id, count] of loose) {
      const place = this.places.get(id);
      if (place) place.sources -= count;
    }
  }

  /** Kahn 1962, keeping document order among equals. Linear in nodes and wires. */
  private arrange(touched: Set<NodeId>): void {
    const order: Place[] = [];
    for (const place of this.places.values()) {
      place.waiting = place.sources;
      if (place.waiting === 0) order.push(place);
    }
    for (let at = 0; at < order.length; at++) {
      for (const target of order[at]?.targets ?? []) {
        target.waiting -= 1;
        if (target.waiting === 0) order.push(target);
      }
    }
    const sound = order.length;
    if (sound < this.places.size) for (const place of this.places.values()) if (place.waiting > 0) order.push(place);
    let at = 0;
    for (const place of order) {
      const inOrder = at < sound;
      place.at = at;
      at += 1;
      if (place.sound === inOrder) continue;
      place.sound = inOrder;
      touched.add(place.id);
    }
    const same = order.length === this.arranged.length && order.every(({ id }, at) => id === this.arranged[at]);
    if (!same) this.arranged = order.map(({ id }) => id);
    for (const id of this.closed.keys()) touched.add(id);
    this.closed = closingEdges(this.arranged.slice(sound), this.outOf);
    for (const id of this.closed.keys()) touched.add(id);
  }
}

/** The structure of a graph looked at once. */
export function topologyOf(graph: Graph): Topology {
  const topology = new Topology();
  topology.update(graph, { ids: new Set(Object.keys(graph.nodes)), appended: true });
  return topology;
}

/** Names like `7`, which an object puts first; those of any other kind keep the order in which they came. */
const isNoNumber = (id: NodeId): boolean => !/^\d+$/.test(id);

interface EdgeChange {
  /** Where a wire stands among the others may change, too: it then went and came. */
  removed: Set<Edge>;
  added: Edge[];
  /** Whether all that came stands behind all that stayed. */
  appended: boolean;
}

/** One walk along both lists. */
function compareEdges(before: readonly Edge[], after: readonly Edge[], present: ReadonlySet<Edge>): EdgeChange {
  const removed = new Set<Edge>();
  const added: Edge[] = [];
  let behind = 0;
  let at = 0;
  for (const edge of after) {
    if (edge !== before[at] && present.has(edge) && !removed.has(edge)) {
      for (let old = before[at]; old && old !== edge; old = before[at]) {
        removed.add(old);
        at += 1;
      }
    }
    if (edge === before[at]) {
      at += 1;
      behind = 0;
    } else {
      added.push(edge);
      behind += 1;
    }
  }
  for (; at < before.length; at++) {
    const old = before[at];
    if (old) removed.add(old);
  }
  return { removed, added, appended: added.length === behind };
}

/**
 * Puts into the lists of wires, kept by the node at one end, what came, and takes out what went.
 * @param edges all wires as they now stand
 * @returns whose lists changed, with how many wires they had
 */
function relist(
  lists: Wires,
  endOf: (edge: Edge) => NodeId,
  { removed, added, appended }: EdgeChange,
  edges: readonly Edge[],
): Map<NodeId, number> {
  const came = new Map<NodeId, Edge[]>();
  for (const edge of removed) came.set(endOf(edge), []);
  for (const edge of added) {
    const id = endOf(edge);
    const list = came.get(id);
    if (list) list.push(edge);
    else came.set(id, [edge]);
  }
  const changed = new Map<NodeId, number>();
  /** Lists in which what came stands between what stayed. */
  const mixed = new Map<NodeId, Edge[]>();
  for (const [id, fresh] of came) {
    const before = lists.get(id);
    if (!before) continue;
    changed.set(id, before.length);
    const kept = removed.size === 0 ? before : before.filter((edge) => !removed.has(edge));
    lists.set(id, kept.length === 0 ? fresh : [...kept, ...fresh]);
    if (!appended && kept.length > 0 && fresh.length > 0) mixed.set(id, []);
  }
  if (mixed.size === 0) return changed;
  for (const edge of edges) mixed.get(endOf(edge))?.push(edge);
  for (const [id, list] of mixed) lists.set(id, list);
  return changed;
}

/** The back edges of a depth-first walk over nodes that are not in order, the first into each node. */
function closingEdges(
  rest: readonly NodeId[],
  outgoing: ReadonlyMap<NodeId, readonly Edge[]>,
): ReadonlyMap<NodeId, Edge> {
  const state = new Map<NodeId, 'open' | 'done'>();
  const closing = new Map<NodeId, Edge>();
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
      if (state.get(target) === 'open') {
        if (!closing.has(target)) closing.set(target, edge);
      } else if (!state.has(target)) {
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
