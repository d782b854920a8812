/**
 * The shape pass over layers, incremental: it keeps what it found, compares the next document by identity, and
 * looks again only at what changed and at what depends on it.
 */
import {
  changedBetween,
  type Difference,
  type Graph,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
} from '@/document';
import { type Field, layerOf } from '@/layers';
import { type Evaluation, evaluate, type Finding } from './evaluate';
import { keepIdentity } from './identity';
import { workingRepairs } from './repairs';
import { Roles } from './roles';
import { Rules } from './rules';
import { Topology } from './topology';
import { Sums } from './totals';
import type { FlatInference, Inference, NodeInference, Problem } from './types';

export type FieldsOf = Readonly<Record<string, Field>> | undefined;

/** Looks at graphs of layers; blocks are opened out before. See `network.ts`. */
export interface FlatInferencer {
  /** What is known of the document now. The `nodes` of an earlier answer change with it. */
  update(document: NetworkDocument, fields: FieldsOf): FlatInference;
}

export const createFlatInferencer = (): FlatInferencer => new IncrementalInferencer(new Rules());

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

const inferFlat = (document: NetworkDocument, fields: FieldsOf, rules: Rules): Inference =>
  layersOnly(document, new IncrementalInferencer(rules).update(document, fields));

class IncrementalInferencer implements FlatInferencer {
  private document: NetworkDocument | null = null;
  private fields: FieldsOf;
  private graph: Graph = { nodes: {}, edges: [] };
  private readonly topology = new Topology();
  private readonly roles = new Roles();
  private readonly results = new Map<NodeId, NodeInference>();
  /** Nodes with problems only; most have none. */
  private readonly problems = new Map<NodeId, readonly Problem[]>();
  private readonly sums = new Sums();
  private version = 0;
  private latest: FlatInference | null = null;

  constructor(private readonly rules: Rules) {}

  update(document: NetworkDocument, fields: FieldsOf): FlatInference {
    const [before, after] = [this.graph, document.graph];
    const newFields = this.fields !== fields;
    this.document = document;
    this.fields = fields;
    if (this.latest && before === after && !newFields) return this.latest;
    this.graph = after;
    const dirty = new Set<NodeId>();
    const hadLoss = this.roles.hasLoss;
    const difference = changedBetween(before.nodes, after.nodes) ?? compared(before.nodes, after.nodes);
    for (const id of difference.ids) this.compareNode(id, own(before, id), own(after, id), dirty);
    if (newFields) {
      for (const id of Object.keys(after.nodes)) if (layerOf(own(after, id)?.type ?? '')?.role) dirty.add(id);
    }
    this.restructure(difference, dirty);
    if (hadLoss !== this.roles.hasLoss) {
      // The first loss (or that there is none any more) decides whether loose ends are worth a word.
      for (const [id, edges] of this.topology.outgoing) if (edges.length === 0) dirty.add(id);
    }
    this.evaluateAll(dirty);
    this.version += 1;
    this.latest = this.publish();
    return this.latest;
  }

  private compareNode(
    id: NodeId,
    old: NetworkNode | undefined,
    now: NetworkNode | undefined,
    dirty: Set<NodeId>,
  ): void {
    if (old === now || (old && now && sameMeaning(old, now))) return;
    dirty.add(id);
    this.roles.replace(id, old, now);
    for (const tied of this.roles.tiedTo(id)) dirty.add(tied);
    // A problem at the end of a wire may be about where it comes from: its name, or whether there is such an output.
    const sameSource = old?.name === now?.name && old?.type === now?.type && !layerOf(now?.type ?? '')?.outputs;
    if (!sameSource) for (const { to } of this.topology.outgoing.get(id) ?? []) dirty.add(to[0]);
  }

  private restructure(difference: Difference, dirty: Set<NodeId>): void {
    const change = this.topology.update(this.graph, difference);
    if (!change) return;
    for (const id of change.touched) dirty.add(id);
    for (const id of change.removed) {
      this.sums.forget(id);
      this.results.delete(id);
      this.problems.delete(id);
    }
    // What could be wired to an open input depends on all other nodes.
    for (const [id, problems] of this.problems)
      if (problems.some(({ code }) => code === 'missing-input')) dirty.add(id);
  }

  private evaluateAll(dirty: ReadonlySet<NodeId>): void {
    const { order, outgoing } = this.topology;
    const marked = new Uint8Array(order.length);
    const mark = (id: NodeId): void => {
      const at = this.topology.placeOf(id);
      if (at !== undefined) marked[at] = 1;
    };
    for (const id of dirty) mark(id);
    // A tied node may come before its owner; then what the owner turns out to be is looked at in a second round.
    for (let start = marked.indexOf(1); start >= 0; start = marked.indexOf(1)) {
      for (let at = start; at >= 0; at = marked.indexOf(1, at)) {
        marked[at] = 0;
        const id = order[at];
        if (id === undefined) continue;
        const before = this.results.get(id);
        const after = this.look(id, before);
        if (!before || before.outputs !== after.outputs || before.receptiveField !== after.receptiveField) {
          for (const edge of outgoing.get(id) ?? []) mark(edge.to[0]);
        }
        if (before?.weights !== after.weights) for (const tied of this.roles.tiedTo(id)) mark(tied);
      }
    }
  }

  private look(id: NodeId, before: NodeInference | undefined): NodeInference {
    const node = own(this.graph, id);
    if (!node) throw new Error(`no node ${id}`);
    const { known: after, findings } = this.evaluation(id, node);
    if (this.isLoose(id, node)) findings.push(UNUSED);
    const problems = findings.length === 0 ? NO_PROBLEMS : findings.map((finding) => this.toProblem(id, finding));
    after.problems = problems;
    keepIdentity(before, after);
    this.results.set(id, after);
    this.sums.put(id, node, after);
    if (problems.length > 0) this.problems.set(id, problems);
    else this.problems.delete(id);
    return after;
  }

  private evaluation(id: NodeId, node: NetworkNode): Evaluation {
    const { topology } = this;
    const incoming = topology.incoming.get(id) ?? [];
    const evaluation = evaluate(node, {
      incoming,
      fields: this.fields,
      results: topology.isSound(id) ? this.results : NO_RESULTS,
      owners: this.results,
      nodes: this.graph.nodes,
      rules: this.rules,
    });
    const closing = topology.closing.get(id);
    if (!closing) return evaluation;
    const { from, to } = closing;
    const at = incoming.filter((edge) => edge.to[1] === to[1]).indexOf(closing);
    const finding: Finding = {
      code: 'cycle',
      severity: 'error',
      refusal: {
        message: `The wire from “${this.nameOf(from[0])}” to “${this.nameOf(id)}” closes a circle.`,
        why: 'Each layer needs its input before it can give an output, so the network may not run in circles.',
        port: to[1],
        repairs: [{ title: 'Take that wire away', kind: 'disconnect', port: to[1], index: at }],
      },
    };
    return { known: evaluation.known, findings: [finding, ...evaluation.findings] };
  }

  private nameOf(id: NodeId): string {
    return own(this.graph, id)?.name ?? id;
  }

  /** Where there is a loss, an output that leads nowhere is not trained. */
  private isLoose(id: NodeId, { type }: NetworkNode): boolean {
    if (!this.roles.hasLoss || (this.topology.outgoing.get(id)?.length ?? 0) > 0) return false;
    const layer = layerOf(type);
    return layer !== undefined && layer.role !== 'loss';
  }

  private toProblem(id: NodeId, { code, severity, refusal }: Finding): Problem {
    const { repairs = [], ...rest } = refusal;
    const now = (): NetworkDocument | null => this.document;
    const working = (document: NetworkDocument): Problem['repairs'] =>
      workingRepairs(document, problem, repairs, (other) => inferFlat(other, this.fields, this.rules));
    let tried: { document: NetworkDocument; working: Problem['repairs'] } | undefined;
    const problem: Problem = {
      node: id,
      code,
      severity,
      ...rest,
      proposed: repairs,
      get repairs() {
        const document = now();
        if (!document) return [];
        if (tried?.document !== document) tried = { document, working: working(document) };
        return tried.working;
      },
    };
    return problem;
  }

  private publish(): FlatInference {
    const { topology, results, problems, version } = this;
    let flat: readonly Problem[] | undefined;
    return {
      version,
      nodes: results,
      order: topology.order,
      incoming: topology.incoming,
      outgoing: topology.outgoing,
      totals: this.sums.totals,
      get problems() {
        flat ??= [...problems.entries()]
          .sort(([a], [b]) => (topology.placeOf(a) ?? 0) - (topology.placeOf(b) ?? 0))
          .flatMap(([, list]) => list);
        return flat;
      },
    };
  }
}

const UNUSED: Finding = {
  code: 'unused',
  severity: 'warning',
  refusal: {
    message: 'Its output is not used.',
    why: 'No loss depends on it, so training does not change it.',
    repairs: [{ title: 'Remove it', kind: 'remove' }],
  },
};

const NO_PROBLEMS: readonly Problem[] = [];

const NO_RESULTS: ReadonlyMap<NodeId, NodeInference> = new Map();

const own = ({ nodes }: Graph, id: NodeId): NetworkNode | undefined =>
  Object.hasOwn(nodes, id) ? nodes[id] : undefined;

/** Two node maps of which nothing is noted, node by node. */
function compared(before: Graph['nodes'], after: Graph['nodes']): Difference {
  const ids = new Set<NodeId>();
  let kept = 0;
  for (const id in after) {
    const there = Object.hasOwn(before, id);
    if (there) kept += 1;
    if (!there || before[id] !== after[id]) ids.add(id);
  }
  const known = Object.keys(before);
  if (kept < known.length) for (const id of known) if (!Object.hasOwn(after, id)) ids.add(id);
  return { ids, appended: known.length === 0 };
}

const sameMeaning = (a: NetworkNode, b: NetworkNode): boolean =>
  a.type === b.type &&
  a.params === b.params &&
  a.trainable === b.trainable &&
  a.tiedTo === b.tiedTo &&
  a.name === b.name;
