/** What is known of an instance or a port of a block, put together from the layers behind it. */
import { type Endpoint, type NodeId, portsOfBlock, type Scope, within } from '@/document';
import { add, type Derivation, type Dim, derive, isKnown, sameShape, type Tensor } from '@/layers';
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
  const parts = countedByPart(place, copies);
  const [source] = main === undefined ? [] : place.flat.sources(scope, [id, main]);
  const derivations = [
    ...sumOf(
      'Parameters',
      'P',
      parts.map(({ label, counts }) => ({ label, value: counts.parameters })),
    ),
    ...sumOf(
      'Multiply-adds',
      'M',
      parts.map(({ label, counts }) => ({ label, value: counts.macs })),
    ),
  ];
  return {
    ...EMPTY,
    ...parts.map(({ counts }) => counts).reduce(plus, NO_COUNTS),
    params: first?.environment ?? {},
    inputs,
    output: (main === undefined ? null : outputs[main]) ?? null,
    outputs,
    receptiveField: (source && place.whole.nodes.get(source[0])?.receptiveField) ?? null,
    derivations,
    problems,
  };
}

/** A node of a block, or one of its copies, with what it comes to. */
interface Part {
  label: string;
  counts: Counted;
}

type Counted = Pick<
  NodeInference,
  'parameters' | 'trainable' | 'pytorch' | 'macs' | 'flops' | 'activationBytes' | 'parameterBytes'
>;

const NO_COUNTS: Counted = EMPTY;

const plus = (a: Counted, b: Counted): Counted => ({
  parameters: add(a.parameters, b.parameters),
  trainable: add(a.trainable, b.trainable),
  pytorch: {
    parameters: add(a.pytorch.parameters, b.pytorch.parameters),
    trainable: add(a.pytorch.trainable, b.pytorch.trainable),
  },
  macs: add(a.macs, b.macs),
  flops: add(a.flops, b.flops),
  activationBytes: add(a.activationBytes, b.activationBytes),
  parameterBytes: add(a.parameterBytes, b.parameterBytes),
});

/**
 * What a block holds, counted node by node as it is drawn, or by its copies. Weights that are used several times count
 * once, whether their owner lies within or outside: a twin shows what the other one does.
 */
function countedByPart({ flat, whole, document }: Place, copies: readonly Scope[]): Part[] {
  const [only, ...others] = copies;
  if (!only) return [];
  const drawn = only.block === null ? undefined : document.blocks?.[only.block]?.graph.nodes;
  const nameOf = (id: NodeId): string => drawn?.[id]?.name ?? id;
  const parts: [label: string, ids: NodeId[]][] =
    others.length > 0
      ? copies.map((copy) => ['copy', within(copy)])
      : [
          ...[...only.ids].map(([id, flatId]): [string, NodeId[]] => [nameOf(id), [flatId]]),
          ...[...only.inside].map(([id, inner]): [string, NodeId[]] => [nameOf(id), inner.flatMap(within)]),
        ];
  const { nodes } = flat.document.graph;
  const seen = new Set<NodeId>();
  return parts.map(([label, ids]) => {
    let sum = NO_COUNTS;
    for (const id of ids) {
      const known = whole.nodes.get(id);
      if (!known) continue;
      const owner = nodes[id]?.tiedTo ?? id;
      sum = plus(sum, seen.has(owner) ? { ...known, ...NO_WEIGHTS } : known);
      seen.add(owner);
    }
    return { label, counts: sum };
  });
}

const NO_WEIGHTS = {
  parameters: 0,
  trainable: 0,
  pytorch: { parameters: 0, trainable: 0 },
  parameterBytes: 0,
} as const satisfies Partial<Counted>;

interface Term {
  label: string;
  value: Dim;
  times: number;
}

/** A sum with its terms, each called after its part; none where there is nothing to add up. */
function sumOf(title: string, letter: string, parts: readonly { label: string; value: Dim }[]): Derivation[] {
  const terms = runs(parts.filter(({ value }) => !isKnown(value) || value > 0));
  if (terms.length === 0) return [];
  const symbols = symbolsOf(letter, terms);
  const formula = terms.map(({ times }, at) => (times > 1 ? `${times}·${symbols[at]}` : symbols[at])).join(' + ');
  return [derive(title, formula, Object.fromEntries(terms.map(({ value }, at) => [symbols[at], value])))];
}

const MOST_TERMS = 12;

/** Copies in a row that come to the same are written as a product; a sum too long to read is left as its result. */
function runs(parts: readonly { label: string; value: Dim }[]): Term[] {
  const found: Term[] = [];
  for (const { label, value } of parts) {
    const last = found.at(-1);
    if (last?.label === label && sameShape([last.value], [value])) last.times += 1;
    else found.push({ label, value, times: 1 });
  }
  return found.length <= MOST_TERMS
    ? found
    : [{ label: '', value: parts.reduce<Dim>((sum, { value }) => add(sum, value), 0), times: 1 }];
}

/** `P_conv1`; numbered where the letters of the names alone would not tell them apart. */
function symbolsOf(letter: string, terms: readonly Term[]): string[] {
  const plain = terms.map(({ label }) => label.replace(/[^A-Za-z0-9]/g, ''));
  const clear = new Set(plain).size === plain.length;
  return plain.map((label, at) => {
    const name = clear ? label : `${label}${at + 1}`;
    return name === '' ? letter : `${letter}_${name}`;
  });
}
