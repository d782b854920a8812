/** Where a problem that was found among the opened-out layers is to be told, and mended. */
import {
  blockIdOf,
  type Flat,
  focus,
  type NetworkDocument,
  type NodeId,
  type Path,
  portsOfBlock,
  type Scope,
  unfocus,
} from '@/document';
import type { Repair } from '@/layers';
import type { FieldsOf } from '../inferencer';
import { workingRepairs } from '../repairs';
import type { FlatInference, Inference, Problem } from '../types';

/** What all of this looks at. */
export interface Place {
  document: NetworkDocument;
  flat: Flat;
  whole: FlatInference;
  fields: FieldsOf;
  infer(document: NetworkDocument, fields: FieldsOf, path: Path): Inference;
}

/** A problem before it knows where it lies and which of its repairs work. */
export type Said = Omit<Problem, 'path' | 'repairs' | 'node'>;

/** A problem at a node of a scope, with the repairs that mend it there, as edits of that scope's graph. */
export function problemAt(place: Place, scope: Scope, node: NodeId, said: Said): Problem {
  const { document, fields, infer } = place;
  let working: readonly Repair[] | undefined;
  const problem: Problem = {
    ...said,
    node,
    path: scope.path,
    get repairs() {
      working ??= workingRepairs(focus(document, scope.block), problem, said.proposed, (edited) =>
        infer(unfocus(document, scope.block, edited), fields, scope.path),
      );
      return working;
    },
  };
  return problem;
}

const INPUTS: ReadonlySet<string> = new Set(['missing-input', 'too-many-wires']);

/** A problem of a layer, told where it can be mended; none where it is no problem in terms of blocks. */
export function placed(place: Place, problem: Problem): Problem[] {
  const origin = place.flat.origins.get(problem.node);
  if (!origin) return [];
  let { scope, node } = origin;
  let { port, proposed, message } = problem;
  if (problem.code === 'unused') return unused(place, scope, node, problem);
  if (problem.code === 'unknown-layer') message = unopened(place, problem) ?? message;
  // A wire that is missing (or one too many) outside shows at the layer inside that it leads to.
  while (INPUTS.has(problem.code) && scope.parent && port !== undefined) {
    const entry = entryOf(scope, node, port);
    const step = scope.path.at(-1);
    if (entry === null || !step) break;
    [node, port, scope] = [step.instance, entry, scope.parent];
    proposed =
      problem.code === 'missing-input'
        ? [{ title: 'Wire it to the last open output', kind: 'connectOpen', port }]
        : [{ title: 'Take wire 2 away', kind: 'disconnect', port, index: 1 }];
    if (problem.code === 'missing-input')
      message = `Nothing is wired to “${scope.graph.nodes[node]?.name ?? entry}” yet.`;
  }
  // A tie that the layer itself has not is that of an instance around it.
  while (problem.code === 'tie' && scope.parent && scope.graph.nodes[node]?.tiedTo === undefined) {
    const step = scope.path.at(-1);
    if (!step) break;
    [node, scope] = [step.instance, scope.parent];
  }
  const { code, severity, why, param } = problem;
  return [
    problemAt(place, scope, node, {
      code,
      severity,
      message,
      ...(why !== undefined && { why }),
      ...(port !== undefined && { port }),
      ...(param !== undefined && { param }),
      proposed,
    }),
  ];
}

/** The block's port through which a layer's port is fed, where nothing else feeds it. */
function entryOf(scope: Scope, node: NodeId, port: string): NodeId | null {
  const wires = (scope.incoming.get(node) ?? []).filter(({ to }) => to[1] === port);
  const [wire] = wires;
  if (!wire || wires.length > 1) return null;
  const source = wire.from[0];
  return scope.ids.has(source) || scope.inside.has(source) ? null : source;
}

function unopened({ flat, document }: Place, { node }: Problem): string | null {
  const why = flat.unopened.get(node);
  const id = blockIdOf(flat.document.graph.nodes[node]?.type ?? '') ?? '';
  const title = document.blocks?.[id]?.title ?? id;
  switch (why) {
    case 'recursive':
      return `“${title}” would stand within itself, without end.`;
    case 'too-large':
      return `“${title}” opens out to more layers than can be looked at.`;
    case 'undefined':
      return `There is no block “${title}”.`;
    default:
      return null;
  }
}

/** Of a block with several outputs, those that nobody takes are there to be left; one that nobody takes at all is not. */
function unused(place: Place, scope: Scope, node: NodeId, problem: Problem): Problem[] {
  let [at, id] = [scope, node];
  while (at.parent) {
    const block = at.block === null ? undefined : place.document.blocks?.[at.block];
    const ports = new Set(block ? portsOfBlock(block).outputs : []);
    const step = at.path.at(-1);
    const leaves = at.graph.edges.some(({ from, to }) => from[0] === id && ports.has(to[0]));
    if (!leaves || !step) break;
    if (at.parent.graph.edges.some(({ from }) => from[0] === step.instance)) return [];
    [at, id] = [at.parent, step.instance];
  }
  return [problemAt(place, at, id, { ...plain(problem), proposed: problem.proposed })];
}

function plain({ code, severity, message, why }: Problem): Omit<Said, 'proposed'> {
  return { code, severity, message, ...(why !== undefined && { why }) };
}
