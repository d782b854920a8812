/**
 * What is known of a network with blocks: they are opened out, layers are looked at, and what is found is told
 * in terms of the graph that is looked at, in which an instance is one node.
 */
import {
  createFlattener,
  type Flat,
  type NetworkDocument,
  type NodeId,
  type Path,
  type Scope,
  scopeAt,
} from '@/document';
import { checkInstances } from './blocks/check';
import { createSummaries, type Summaries } from './blocks/instance';
import { type Place, placed } from './blocks/problems';
import { createFlatInferencer, type FieldsOf, layersOnly } from './inferencer';
import { topologyOf } from './topology';
import type { FlatInference, Inference, NodeInference, Problem } from './types';

export interface Inferencer {
  /**
   * What is known of the document now. The `nodes` of an earlier answer change with it.
   * @param path where it is looked at; where that way does not exist, the network itself
   */
  update(document: NetworkDocument, fields: FieldsOf, path?: Path): Inference;
}

/** A document looked at once. */
export const inferDocument = (document: NetworkDocument, fields: FieldsOf, path?: Path): Inference =>
  createInferencer().update(document, fields, path);

export function createInferencer(): Inferencer {
  const flattener = createFlattener();
  const layers = createFlatInferencer();
  const summaries = createSummaries();
  let latest: { whole: FlatInference; document: NetworkDocument; path: string; inference: Inference } | null = null;
  return {
    update(document, fields, path = []) {
      const flat = flattener.flatten(document);
      const whole = layers.update(flat.document, fields);
      const where = JSON.stringify(path);
      const same = latest?.whole === whole && latest.document === document && latest.path === where;
      if (latest && same) return latest.inference;
      const scope = scopeAt(flat.root, path) ?? flat.root;
      const inference =
        flat.document === document
          ? layersOnly(document, whole)
          : new Told({ document, flat, whole, fields, infer: inferDocument }, scope, summaries).told();
      latest = { whole, document, path: where, inference };
      return inference;
    },
  };
}

/** Tells what is known in terms of one scope. */
class Told {
  private readonly problems: readonly Problem[];

  constructor(
    private readonly place: Place,
    private readonly scope: Scope,
    private readonly summaries: Summaries,
  ) {
    const { whole, flat } = place;
    this.problems = [...checkInstances(place, flat.root), ...whole.problems.flatMap((each) => placed(place, each))];
  }

  told(): Inference {
    const { whole, flat } = this.place;
    const { scope } = this;
    const { order, incoming, outgoing } = topologyOf(scope.graph);
    const inBlocks = this.problems.some(({ code, severity }) => code === 'block' && severity === 'error');
    return {
      version: whole.version,
      nodes: this.nodes(),
      order,
      incoming,
      outgoing,
      totals: inBlocks ? null : whole.totals,
      problems: once(this.problems, flat),
      path: scope.path,
      opened: { document: flat.document, inference: whole },
      openedId: (id) => scope.ids.get(id),
    };
  }

  private nodes(): ReadonlyMap<NodeId, NodeInference> {
    const mine = this.mine();
    const nodes = new Map<NodeId, NodeInference>();
    for (const id of Object.keys(this.scope.graph.nodes)) {
      const problems = mine.get(id) ?? [];
      const flat = this.scope.ids.get(id);
      const known =
        flat === undefined
          ? this.summaries.of(this.place, this.scope, id, problems)
          : this.summaries.withProblems(this.place.whole.nodes.get(flat), problems);
      if (known) nodes.set(id, known);
    }
    return nodes;
  }

  /** Problems by the node of this graph in which they lie, at whatever depth. */
  private mine(): ReadonlyMap<NodeId, readonly Problem[]> {
    const mine = new Map<NodeId, Problem[]>();
    const { path } = this.scope;
    for (const problem of this.problems) {
      const way = problem.path ?? [];
      // Of a repeated block, the first copy is looked at, and a problem of any copy is worth a word.
      const inside = path.every(({ instance, copy }, at) => way[at]?.instance === instance && way[at]?.copy === copy);
      if (!inside) continue;
      const id = way.length === path.length ? problem.node : way[path.length]?.instance;
      if (id !== undefined) mine.set(id, [...(mine.get(id) ?? []), problem]);
    }
    return mine;
  }
}

/** What is wrong in a definition is wrong in every instance, and said once. */
function once(problems: readonly Problem[], flat: Flat): readonly Problem[] {
  const said = new Set<string>();
  return problems.filter((problem) => {
    const { node, code, port, message, path } = problem;
    const block = path && path.length > 0 ? scopeAt(flat.root, path)?.block : null;
    const key = JSON.stringify([block, node, code, port, message]);
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
}
