/**
 * The shape pass over layers, incremental: it keeps what it found, compares the next document by identity, and
 * looks again only at what changed and at what depends on it.
 */
import {
  type Edge,
  type Graph,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
  replacedBetween,
} from '@/document';
import { add, type Dim, type Field, layerOf, sameShape, subtract, type Tensor } from '@/layers';
import { type Evaluation, evaluate, type Finding } from './evaluate';
import { workingRepairs } from './repairs';
import { type Topology, topologyOf } from './topology';
import type { FlatInference, Inference, NodeInference, Problem, Totals } from './types';

export type FieldsOf = Readonly<Record<string, Field>> | undefined;

/** Looks at graphs of layers; blocks are opened out before. See `network.ts`. */
export interface FlatInferencer {
  /** What is known of the document now. The `nodes` of an earlier answer change with it. */
  update(document: NetworkDocument, fields: FieldsOf): FlatInference;
}

export const createFlatInferencer = (): FlatInferencer => new IncrementalInferencer();

/** Without blocks, what is known of the layers is all there is. */
export function layersOnly(document: NetworkDocument, whole: FlatInference): Inference {
  const inference: Inference = {
    version: whole.version,
    nodes: whole.nodes,
    order: whole.order,
    incoming: whole.incoming,
    outgoing: whole.outgoing,
    totals: whole.totals,
    get problems() {
      return whole.problems;
    },
    path: [],
    environment: {},
    opened: { document, inference: whole },
    openedId: (id) => (Object.hasOwn(document.graph.nodes, id) ? id : undefined),
    copiesOf: () => 1,
    at: () => inference,
    originOf: (id) => (Object.hasOwn(document.graph.nodes, id) ? { path: [], node: id } : undefined),
  };
  return inference;
}

/** What is known of a network's layers with all blocks opened out, told as of a network without any. */
export const openedOut = ({ opened }: Inference): Inference => layersOnly(opened.document, opened.inference);

const inferFlat = (document: NetworkDocument, fields: FieldsOf): Inference =>
  layersOnly(document, createFlatInferencer().update(document, fields));

/** One node's part in the totals, with the number of its errors. */
type Share = Totals & { errors: number };

const NO_SHARE: Share = {
  parameters: 0,
  trainable: 0,
  nonTrainable: 0,
  pytorch: { parameters: 0, trainable: 0 },
  macs: 0,
  flops: 0,
  activationBytes: 0,
  parameterBytes: 0,
  errors: 0,
};

/** A tied node's weights are its owner's, and count there. */
function shareOf(node: NetworkNode, result: NodeInference): Share {
  const own = node.tiedTo === undefined;
  return {
    parameters: own ? result.parameters : 0,
    trainable: own ? result.trainable : 0,
    nonTrainable: own ? subtract(result.parameters, result.trainable) : 0,
    pytorch: own ? result.pytorch : NO_SHARE.pytorch,
    macs: result.macs,
    flops: result.flops,
    activationBytes: result.activationBytes,
    parameterBytes: own ? result.parameterBytes : 0,
    errors: result.problems.filter(({ severity }) => severity === 'error').length,
  };
}

const combine = (a: Share, b: Share, by: (x: Dim, y: Dim) => Dim): Share => ({
  parameters: by(a.parameters, b.parameters),
  trainable: by(a.trainable, b.trainable),
  nonTrainable: by(a.nonTrainable, b.nonTrainable),
  pytorch: {
    parameters: by(a.pytorch.parameters, b.pytorch.parameters),
    trainable: by(a.pytorch.trainable, b.pytorch.trainable),
  },
  macs: by(a.macs, b.macs),
  flops: by(a.flops, b.flops),
  activationBytes: by(a.activationBytes, b.activationBytes),
  parameterBytes: by(a.parameterBytes, b.parameterBytes),
  errors: Number(by(a.errors, b.errors)),
});

class IncrementalInferencer implements FlatInferencer {
  private document: NetworkDocument | null = null;
  private fields: FieldsOf;
  private graph: Graph = { nodes: {}, edges: [] };
  private topology: Topology = topologyOf(this.graph);
  private readonly results = new Map<NodeId, NodeInference>();
  /** Nodes with problems only; most have none. */
  private readonly problems = new Map<NodeId, readonly Problem[]>();
  /** What each node gives to the totals. */
  private readonly shares = new Map<NodeId, Share>();
  private totals: Share = NO_SHARE;
  private version = 0;
  private latest: FlatInference | null = null;

  update(document: NetworkDocument, fields: FieldsOf): FlatInference {
    if (this.latest && this.graph === document.graph && this.fields === fields) {
      this.document = document;
      return this.latest;
    }
    const before = this.graph;
    const dirty = new Set<NodeId>();
    const structural = this.compare(before, document.graph, dirty);
    if (fields !== this.fields) {
      for (const [id, node] of Object.entries(document.graph.nodes)) if (layerOf(node.type)?.role) dirty.add(id);
    }
    this.document = document;
    this.fields = fields;
    this.graph = document.graph;
    if (structural) this.restructure(before, dirty);
    this.evaluateAll(dirty);
    this.version += 1;
    this.latest = this.publish();
    return this.latest;
  }

  /** Marks nodes whose meaning changed; true where nodes or wires came or went. */
  private compare(before: Graph, after: Graph, dirty: Set<NodeId>): boolean {
    let structural = before.edges !== after.edges;
    if (before.nodes === after.nodes) return structural;
    const replaced = replacedBetween(before.nodes, after.nodes);
    if (replaced) {
      for (const id of replaced) this.compareNode(id, before.nodes[id], after.nodes[id], dirty);
      return structural;
    }
    this.roles = null;
    let kept = 0;
    for (const id in after.nodes) {
      const [old, now] = [before.nodes[id], after.nodes[id]];
      if (old) kept += 1;
      else structural = true;
      this.compareNode(id, old, now, dirty);
    }
    if (kept !== this.results.size) structural = true;
    return structural;
  }

  private compareNode(
    id: NodeId,
    old: NetworkNode | undefined,
    now: NetworkNode | undefined,
    dirty: Set<NodeId>,
  ): void {
    if (old === now || (old && now && sameMeaning(old, now))) return;
    dirty.add(id);
    if (old?.type !== now?.type || old?.tiedTo !== now?.tiedTo) this.roles = null;
    // A problem at the end of a wire may name where the wire comes from.
    if (old?.name !== now?.name) for (const { to } of this.topology.outgoing.get(id) ?? []) dirty.add(to[0]);
  }

  /** What is true of some node of the graph; null until looked at. */
  private roles: { loss: boolean; ties: boolean } | null = null;

  private get some(): { loss: boolean; ties: boolean } {
    if (!this.roles) {
      const roles = { loss: hasLoss(this.graph), ties: false };
      const { nodes } = this.graph;
      for (const id in nodes) roles.ties ||= nodes[id]?.tiedTo !== undefined;
      this.roles = roles;
    }
    return this.roles;
  }

  private restructure(before: Graph, dirty: Set<NodeId>): void {
    const old = this.topology;
    this.topology = topologyOf(this.graph);
    for (const id of Object.keys(before.nodes)) if (!this.topology.place.has(id)) this.forget(id);
    for (const [id, edges] of this.topology.incoming) {
      if (!sameEdges(old.incoming.get(id), edges)) dirty.add(id);
    }
    // Whether an output is used, an input can be completed or a circle is closed depends on the whole structure.
    for (const [id, edges] of this.topology.outgoing) {
      const used = (old.outgoing.get(id)?.length ?? 0) > 0;
      if (used !== edges.length > 0) dirty.add(id);
    }
    for (const [id, at] of this.topology.place) {
      const before = old.place.get(id);
      if (before !== undefined && before < old.sound !== at < this.topology.sound) dirty.add(id);
    }
    for (const [id, problems] of this.problems) if (problems.some(({ code }) => STRUCTURAL.has(code))) dirty.add(id);
    for (const { to } of [...old.closing, ...this.topology.closing]) dirty.add(to[0]);
    this.markOutputs(before, dirty);
  }

  /** Adding the first loss (or removing the last) decides whether loose ends are worth a word. */
  private markOutputs(before: Graph, dirty: Set<NodeId>): void {
    if (hasLoss(before) === hasLoss(this.graph)) return;
    for (const [id, edges] of this.topology.outgoing) if (edges.length === 0) dirty.add(id);
  }

  private forget(id: NodeId): void {
    this.account(id, null);
    this.results.delete(id);
    this.problems.delete(id);
  }

  private evaluateAll(dirty: Set<NodeId>): void {
    const { order, place, outgoing } = this.topology;
    const marked = new Uint8Array(order.length);
    let first = order.length;
    const mark = (id: NodeId): void => {
      const at = place.get(id);
      if (at === undefined) return;
      marked[at] = 1;
      first = Math.min(first, at);
    };
    for (const id of dirty) mark(id);
    const withLoss = this.some.loss;
    // A tied node may come before its owner; then what the owner turns out to be is looked at in a second round.
    while (first < order.length) {
      const start = first;
      first = order.length;
      for (let at = start; at < order.length; at++) {
        const id = order[at];
        if (marked[at] !== 1 || id === undefined) continue;
        marked[at] = 0;
        const before = this.results.get(id);
        const after = this.look(id, before, withLoss);
        if (!before || before.outputs !== after.outputs || before.receptiveField !== after.receptiveField) {
          for (const edge of outgoing.get(id) ?? []) mark(edge.to[0]);
        }
        if (before?.weights !== after.weights) for (const tied of this.tiedTo(id)) mark(tied);
      }
      if (marked.indexOf(1) < 0) break;
    }
  }

  private tiedTo(owner: NodeId): NodeId[] {
    if (!this.graph.nodes[owner] || !this.some.ties) return [];
    return Object.keys(this.graph.nodes).filter((id) => this.graph.nodes[id]?.tiedTo === owner);
  }

  private look(id: NodeId, before: NodeInference | undefined, withLoss: boolean): NodeInference {
    const node = this.graph.nodes[id];
    if (!node) throw new Error(`no node ${id}`);
    const evaluation = this.evaluation(id, node);
    const findings = [...evaluation.findings, ...this.looseEnd(id, node, withLoss)];
    const problems = findings.map((finding) => this.toProblem(id, finding));
    const { findings: _findings, ...known } = evaluation;
    const after: NodeInference = { ...known, problems };
    keepIdentity(before, after);
    this.results.set(id, after);
    this.account(id, shareOf(node, after));
    if (problems.length > 0) this.problems.set(id, problems);
    else this.problems.delete(id);
    return after;
  }

  private evaluation(id: NodeId, node: NetworkNode): Evaluation {
    const { incoming, place, sound, closing } = this.topology;
    const closed = closing.find(({ to }) => to[0] === id);
    const inOrder = (place.get(id) ?? 0) < sound;
    const evaluation = evaluate(node, {
      incoming: incoming.get(id) ?? [],
      fields: this.fields,
      resultOf: (other) => (inOrder || other === node.tiedTo ? this.results.get(other) : undefined),
      nodeOf: (other) => this.graph.nodes[other],
    });
    if (!closed) return evaluation;
    const at = (incoming.get(id) ?? []).filter(({ to }) => to[1] === closed.to[1]).indexOf(closed);
    const finding: Finding = {
      code: 'cycle',
      severity: 'error',
      refusal: {
        message: `The wire from “${this.nameOf(closed.from[0])}” to “${this.nameOf(id)}” closes a circle.`,
        why: 'Each layer needs its input before it can give an output, so the network may not run in circles.',
        port: closed.to[1],
        repairs: [{ title: 'Take that wire away', kind: 'disconnect', port: closed.to[1], index: at }],
      },
    };
    return { ...evaluation, findings: [finding, ...evaluation.findings] };
  }

  private nameOf(id: NodeId): string {
    return this.graph.nodes[id]?.name ?? id;
  }

  /** Where there is a loss, an output that leads nowhere is not trained. */
  private looseEnd(id: NodeId, node: NetworkNode, withLoss: boolean): Finding[] {
    const layer = layerOf(node.type);
    if (!layer || !withLoss || layer.role === 'loss' || (this.topology.outgoing.get(id)?.length ?? 0) > 0) return [];
    return [
      {
        code: 'unused',
        severity: 'warning',
        refusal: {
          message: 'Its output is not used.',
          why: 'No loss depends on it, so training does not change it.',
          repairs: [{ title: 'Remove it', kind: 'remove' }],
        },
      },
    ];
  }

  private toProblem(id: NodeId, { code, severity, refusal }: Finding): Problem {
    const { document, fields } = this;
    const { repairs = [], ...rest } = refusal;
    let working: Problem['repairs'] | undefined;
    const problem: Problem = {
      node: id,
      code,
      severity,
      ...rest,
      proposed: repairs,
      get repairs() {
        working ??= document ? workingRepairs(document, problem, repairs, (other) => inferFlat(other, fields)) : [];
        return working;
      },
    };
    return problem;
  }

  /** Puts a node's share into the totals, in place of what it gave before. */
  private account(id: NodeId, share: Share | null): void {
    const before = this.shares.get(id);
    if (before) this.totals = combine(this.totals, before, subtract);
    if (share) {
      this.totals = combine(this.totals, share, add);
      this.shares.set(id, share);
    } else this.shares.delete(id);
  }

  private publish(): FlatInference {
    const { topology, results, problems, version } = this;
    const { errors, ...totals } = this.totals;
    let flat: readonly Problem[] | undefined;
    return {
      version,
      nodes: results,
      order: topology.order,
      incoming: topology.incoming,
      outgoing: topology.outgoing,
      totals: errors > 0 ? null : totals,
      get problems() {
        flat ??= [...problems.entries()]
          .sort(([a], [b]) => (topology.place.get(a) ?? 0) - (topology.place.get(b) ?? 0))
          .flatMap(([, list]) => list);
        return flat;
      },
    };
  }
}

const STRUCTURAL: ReadonlySet<string> = new Set(['missing-input', 'unused', 'cycle']);

const sameMeaning = (a: NetworkNode, b: NetworkNode): boolean =>
  a.type === b.type &&
  a.params === b.params &&
  a.trainable === b.trainable &&
  a.tiedTo === b.tiedTo &&
  a.name === b.name;

const sameEdges = (a: readonly Edge[] | undefined, b: readonly Edge[]): boolean =>
  a !== undefined && a.length === b.length && a.every((edge, at) => edge === b[at]);

function hasLoss({ nodes }: Graph): boolean {
  for (const id in nodes) if (layerOf(nodes[id]?.type ?? '')?.role === 'loss') return true;
  return false;
}

const sameTensor = (a: Tensor, b: Tensor): boolean =>
  a.dtype === b.dtype && a.squashed === b.squashed && a.masked === b.masked && sameShape(a.shape, b.shape);

function sameTensors(a: NodeInference['outputs'], b: NodeInference['outputs']): boolean {
  const ports = Object.entries(a);
  return (
    ports.length === Object.keys(b).length &&
    ports.every(([port, tensor]) => b[port] !== undefined && sameTensor(tensor, b[port]))
  );
}

/** What came out the same keeps its identity, so that nothing downstream is looked at again. */
function keepIdentity(before: NodeInference | undefined, after: NodeInference): void {
  if (!before) return;
  if (sameTensors(before.outputs, after.outputs)) {
    after.output = before.output;
    after.outputs = before.outputs;
  }
  const [a, b] = [before.receptiveField, after.receptiveField];
  if (a && b && sameShape(a.size, b.size) && sameShape(a.extent, b.extent) && sameShape(a.jump, b.jump)) {
    after.receptiveField = a;
  }
  const sameWeights =
    before.weights.length === after.weights.length &&
    before.weights.every((weight, at) => sameShape(weight.shape, after.weights[at]?.shape ?? []));
  if (sameWeights && JSON.stringify(before.weights) === JSON.stringify(after.weights)) after.weights = before.weights;
}
