/** What is known of an instance or a port of a block, put together from the layers behind it. */
import { type Endpoint, type NodeId, portsOfBlock, type Scope, within } from '@/document';
import { add, type Derivation, type Dim, derive, isKnown, type Tensor } from '@/layers';
import type { NodeInference, Problem } from '../types';
import type { Place } from './problems';

export interface Summaries {
  /** Of an instance or a port of a scope. */
  of(place: Place, scope: Scope, id: NodeId, problems: readonly Problem[]): NodeInference | undefined;
  /** What is known of a layer, with its problems told in terms of the graph in which it is drawn. */
  withProblems(known: NodeInference | undefined, problems: readonly Problem[]): NodeInference | undefined;
}

/** Keeps what it gave out, so that what stays the same is the same object. */
export function createSummaries(): Summaries {
  let kept = new Map<string, { from: readonly unknown[]; summary: NodeInference }>();
  const told = new WeakMap<NodeInference, { problems: readonly Problem[]; known: NodeInference }>();
  return {
    of(place, scope, id, problems) {
      const key = JSON.stringify([scope.path, id]);
      const copies = scope.inside.get(id);
      const parts = copies ? copies.flatMap(within).map((flat) => place.whole.nodes.get(flat)) : [];
      const summary = copies ? instance(place, scope, id, copies, problems) : port(place, scope, id, problems);
      const from = [JSON.stringify([summary.params, summary.inputs, summary.outputs]), problems.length, ...parts];
      const before = kept.get(key);
      const quiet = problems.length === 0 && before?.from.length === from.length;
      if (before && quiet && from.every((part, at) => part === before.from[at])) return before.summary;
      if (kept.size > 10_000) kept = new Map();
      kept.set(key, { from, summary });
      return summary;
    },
    withProblems(known, problems) {
      if (!known || (problems.length === 0 && known.problems.length === 0)) return known;
      const before = told.get(known);
      if (before && sameProblems(before.problems, problems)) return before.known;
      const now = { ...known, problems };
      told.set(known, { problems, known: now });
      return now;
    },
  };
}

const sameProblems = (a: readonly Problem[], b: readonly Problem[]): boolean =>
  a.length === b.length && a.every(({ message, code }, at) => b[at]?.message === message && b[at]?.code === code);

/** The tensors that reach an endpoint, those of them that are known. */
function tensorsFrom({ flat, whole }: Place, scope: Scope, endpoint: Endpoint): Tensor[] {
  return flat.sources(scope, endpoint).flatMap(([id, port]) => whole.nodes.get(id)?.outputs[port] ?? []);
}

const tensorsInto = (place: Place, scope: Scope, id: NodeId, port: string): Tensor[] =>
  (scope.incoming.get(id) ?? [])
    .filter(({ to }) => to[1] === port)
    .flatMap(({ from }) => tensorsFrom(place, scope, from));

const EMPTY: Omit<NodeInference, 'problems'> = {
  params: {},
  inputs: {},
  output: null,
  outputs: {},
  weights: [],
  parameters: 0,
  trainable: 0,
  pytorch: { parameters: 0, trainable: 0 },
  macs: 0,
  flops: 0,
  activationBytes: 0,
  parameterBytes: 0,
  receptiveField: null,
  derivations: [],
};

function port(place: Place, scope: Scope, id: NodeId, problems: readonly Problem[]): NodeInference {
  const inputs = tensorsInto(place, scope, id, 'in');
  const [output] = tensorsFrom(place, scope, [id, 'out']);
  return {
    ...EMPTY,
    inputs: inputs.length > 0 ? { in: inputs } : {},
    // What leaves the block is shown at its port, too.
    output: output ?? inputs[0] ?? null,
    outputs: output ? { out: output } : {},
    problems,
  };
}

function instance(
  place: Place,
  scope: Scope,
  id: NodeId,
  copies: readonly Scope[],
  problems: readonly Problem[],
): NodeInference {
  const [first] = copies;
  const block = first?.block == null ? undefined : place.document.blocks?.[first.block];
  const ports = block ? portsOfBlock(block) : { inputs: [], outputs: [] };
  const inputs = Object.fromEntries(ports.inputs.map((name) => [name, tensorsInto(place, scope, id, name)]));
  const outputs = Object.fromEntries(
    ports.outputs.flatMap((name) =>
      tensorsFrom(place, scope, [id, name])
        .slice(0, 1)
        .map((tensor) => [name, tensor]),
    ),
  );
  const [main] = ports.outputs;
  const counted = countedIn(place, copies.flatMap(within));
  const [source] = main === undefined ? [] : place.flat.sources(scope, [id, main]);
  const derivations = [
    ...sums(place, copies, 'Parameters', 'parameters'),
    ...sums(place, copies, 'Multiply-adds', 'macs'),
  ];
  return {
    ...EMPTY,
    ...counted,
    params: first?.environment ?? {},
    inputs,
    output: (main === undefined ? null : outputs[main]) ?? null,
    outputs,
    receptiveField: (source && place.whole.nodes.get(source[0])?.receptiveField) ?? null,
    derivations,
    problems,
  };
}

type Counted = Pick<
  NodeInference,
  'parameters' | 'trainable' | 'pytorch' | 'macs' | 'flops' | 'activationBytes' | 'parameterBytes'
>;

/**
 * Weights that are used several times count once, whether their owner lies within or outside: a twin shows what the
 * other one does.
 * @param seen the owners of weights that are counted already; takes those counted here
 */
function countedIn({ flat, whole }: Place, ids: readonly NodeId[], seen = new Set<NodeId>()): Counted {
  let sum: Counted = EMPTY;
  for (const id of ids) {
    const known = whole.nodes.get(id);
    if (!known) continue;
    const owner = flat.document.graph.nodes[id]?.tiedTo ?? id;
    const own = !seen.has(owner);
    seen.add(owner);
    sum = {
      parameters: add(sum.parameters, own ? known.parameters : 0),
      trainable: add(sum.trainable, own ? known.trainable : 0),
      pytorch: {
        parameters: add(sum.pytorch.parameters, own ? known.pytorch.parameters : 0),
        trainable: add(sum.pytorch.trainable, own ? known.pytorch.trainable : 0),
      },
      macs: add(sum.macs, known.macs),
      flops: add(sum.flops, known.flops),
      activationBytes: add(sum.activationBytes, known.activationBytes),
      parameterBytes: add(sum.parameterBytes, own ? known.parameterBytes : 0),
    };
  }
  return sum;
}

/** A sum over what the block holds, node by node as it is drawn, or over its copies. */
function sums(place: Place, copies: readonly Scope[], title: string, key: 'parameters' | 'macs'): Derivation[] {
  const [only, ...others] = copies;
  if (!only) return [];
  const parted =
    others.length > 0
      ? copies.map(within)
      : [
          ...[...only.ids.values()].map((id) => [id]),
          ...[...only.inside.values()].map((inner) => inner.flatMap(within)),
        ];
  const seen = new Set<NodeId>();
  const parts = parted.map((ids) => countedIn(place, ids, seen)[key]);
  const given = parts.filter((part) => !isKnown(part) || part > 0);
  if (given.length === 0) return [];
  return [derive(title, formulaOf(given), valuesOf(given))];
}

const MOST_TERMS = 12;

/** Equal terms in a row are written as a product; a sum too long to read is left as its parts. */
function runs(parts: readonly Dim[]): { value: Dim; times: number }[] {
  const found: { value: Dim; times: number }[] = [];
  for (const value of parts) {
    const last = found.at(-1);
    if (last && JSON.stringify(last.value) === JSON.stringify(value)) last.times += 1;
    else found.push({ value, times: 1 });
  }
  return found.length <= MOST_TERMS ? found : [{ value: parts.reduce<Dim>(add, 0), times: 1 }];
}

const formulaOf = (parts: readonly Dim[]): string =>
  runs(parts)
    .map(({ times }, at) => (times > 1 ? `${times}·n_${at + 1}` : `n_${at + 1}`))
    .join(' + ');

const valuesOf = (parts: readonly Dim[]): Record<string, Dim> =>
  Object.fromEntries(runs(parts).map(({ value }, at) => [`n_${at + 1}`, value]));
