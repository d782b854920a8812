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
      const inference =
        flat.document === document
          ? layersOnly(document, whole)
          : new Told({ document, flat, whole, fields, infer: inferDocument }, summaries).at(path);
      latest = { whole, document, path: where, inference };
      return inference;
    },
  };
}

/** Tells what is known in terms of any scope, each when it is first asked for. */
class Told {
  private readonly all: readonly Problem[];
  private readonly problems: readonly Problem[];
  private readonly inBlocks: boolean;
  private readonly told = new Map<string, Inference>();

  constructor(
    private readonly place: Place,
    private readonly summaries: Summaries,
  ) {
    const { whole, flat } = place;
    this.all = [...checkInstances(place, flat.root), ...whole.problems.flatMap((each) => placed(place, each))];
    this.problems = once(this.all, flat);
    this.inBlocks = this.all.some(({ code, severity }) => code === 'block' && severity === 'error');
  }

  at(path: Path): Inference {
    const key = JSON.stringify(path);
    let told = this.told.get(key);
    if (!told) {
      told = this.tell(scopeAt(this.place.flat.root, path) ?? this.place.flat.root);
      this.told.set(key, told);
    }
    return told;
  }

  private tell(scope: Scope): Inference {
    const { whole, flat } = this.place;
    const { order, incoming, outgoing } = topologyOf(scope.graph);
    return {
      version: whole.version,
      nodes: this.nodes(scope),
      order,
      incoming,
      outgoing,
      totals: this.inBlocks ? null : whole.totals,
      problems: this.problems,
      path: scope.path,
      environment: scope.environment,
      opened: { document: flat.document, inference: whole },
      openedId: (id) => scope.ids.get(id),
      copiesOf: (id) => scope.inside.get(id)?.length ?? 1,
      at: (path) => this.at(path),
      originOf: (id) => {
        const origin = flat.origins.get(id);
        return origin && { path: origin.scope.path, node: origin.node };
      },
    };
  }

  private nodes(scope: Scope): ReadonlyMap<NodeId, NodeInference> {
    const mine = this.mine(scope.path);
    const nodes = new Map<NodeId, NodeInference>();
    for (const id of Object.keys(scope.graph.nodes)) {
      const problems = mine.get(id) ?? NO_PROBLEMS;
      const flat = scope.ids.get(id);
      const known =
        flat === undefined
          ? this.summaries.of(this.place, scope, id, problems)
          : this.summaries.withProblems(this.place.whole.nodes.get(flat), problems);
      if (known) nodes.set(id, known);
    }
    return nodes;
  }

  /** Problems by the node of a graph in which they lie, at whatever depth. */
  private mine(path: Path): ReadonlyMap<NodeId, readonly Problem[]> {
    const mine = new Map<NodeId, Problem[]>();
    for (const problem of this.all) {
      const way = problem.path ?? [];
      // Of a repeated block, the first copy is looked at, and a problem of any copy is worth a word.
      const inside = path.every(({ instance, copy }, at) => way[at]?.instance === instance && way[at]?.copy === copy);
      if (!inside) continue;
      const id = way.length === path.length ? problem.node : way[path.length]?.instance;
      if (id === undefined) continue;
      const known = mine.get(id);
      if (known) known.push(problem);
      else mine.set(id, [problem]);
    }
    return mine;
  }
}

const NO_PROBLEMS: readonly Problem[] = [];

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
