/** One node: its hyperparameters, the tensors that reach it, its rule, and what follows from the rule. */
import type { Edge, Graph, Json, NetworkNode, NodeId } from '@/document';
import {
  type Dim,
  type Field,
  formatShape,
  isKnown,
  type LayerDeclaration,
  layerOf,
  outputsOf,
  type Port,
  product,
  type Refusal,
  type Repair,
  resolveParams,
  type Tensor,
  type Weight,
} from '@/layers';
import { receptiveField, wider } from './field';
import type { PortTensors, Rules } from './rules';
import type { NodeInference, ProblemCode, ReceptiveField } from './types';

/** A problem before it knows which of its repairs work. */
export interface Finding {
  code: ProblemCode;
  severity: 'error' | 'warning';
  refusal: Refusal;
}

/** What a node's evaluation may look at. */
export interface Surroundings {
  incoming: readonly Edge[];
  fields: Readonly<Record<string, Field>> | undefined;
  /** Of what feeds it. */
  results: ReadonlyMap<NodeId, NodeInference>;
  /** Of those whose weights it may use, wherever they stand. */
  owners: ReadonlyMap<NodeId, NodeInference>;
  nodes: Graph['nodes'];
  rules: Rules;
}

/** What is known of a node, with its problems as they were found, not yet as they are told. */
export interface Evaluation {
  known: NodeInference;
  findings: Finding[];
}

const NOTHING = {
  params: null,
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
  problems: [],
} as const satisfies NodeInference;

const error = (code: ProblemCode, refusal: Refusal): Finding => ({ code, severity: 'error', refusal });

export function evaluate(node: NetworkNode, around: Surroundings): Evaluation {
  const layer = layerOf(node.type);
  if (!layer) {
    const message = `There is no layer type “${node.type}”.`;
    const why = 'The file may come from a newer version or hold a custom layer. It is kept as it is.';
    return {
      known: { ...NOTHING },
      findings: [error('unknown-layer', { message, why, repairs: [{ title: 'Remove it', kind: 'remove' }] })],
    };
  }
  const settings = around.rules.settings(layer, node.params);
  const { params, problems } = settings;
  const findings: Finding[] = [];
  for (const { param, message } of problems)
    findings.push(error('bad-param', { message, param, repairs: [backToDefault(layer, param)] }));
  const { inputs, complete } = gather(layer, around, findings);
  const given = { inputs, params: problems.length === 0 ? params : null };
  if (findings.length > 0 || !complete) return { known: { ...NOTHING, ...given }, findings };
  const outcome = around.rules.outcome(settings, { inputs, fields: around.fields, frozen: node.trainable === false });
  if ('refusal' in outcome)
    return { known: { ...NOTHING, ...given }, findings: [...findings, error('rule', outcome.refusal)] };
  for (const refusal of outcome.errors) findings.push(error('rule', refusal));
  for (const refusal of outcome.warnings) findings.push({ code: 'rule', severity: 'warning', refusal });
  const tie = tieProblem(node, layer, outcome.measured.weights, around);
  if (tie) findings.push(tie);
  const { result, measured } = outcome;
  const { field, derivations } = receptiveField(layer, result, widestOf(around));
  // Spelled out: a large network's time goes here, and spreading takes several times as long.
  const known: NodeInference = {
    params: given.params,
    inputs,
    output: measured.output,
    outputs: measured.outputs,
    weights: measured.weights,
    parameters: measured.parameters,
    trainable: measured.trainable,
    pytorch: measured.pytorch,
    macs: measured.macs,
    flops: measured.flops,
    activationBytes: measured.activationBytes,
    parameterBytes: measured.parameterBytes,
    receptiveField: field,
    derivations: derivations.length > 0 ? [...measured.derivations, ...derivations] : measured.derivations,
    problems: NOTHING.problems,
  };
  return { known, findings };
}

const backToDefault = (layer: LayerDeclaration, param: string): Repair => ({
  title: layer.params[param] ? 'Back to the default' : `Remove “${param}”`,
  kind: 'resetParam',
  param,
});

/** The largest of the receptive fields of what feeds a node. */
function widestOf({ incoming, results }: Surroundings): ReceptiveField | null {
  let best: ReceptiveField | null = null;
  for (const { from } of incoming) best = wider(best, results.get(from[0])?.receptiveField ?? null);
  return best;
}

/** Collects the tensors by port; what is missing or too much becomes a finding. */
function gather(
  layer: LayerDeclaration,
  around: Surroundings,
  findings: Finding[],
): { inputs: PortTensors; complete: boolean } {
  const inputs: Record<string, Tensor[]> = {};
  const counts: Record<string, number> = {};
  let complete = true;
  for (const { from, to } of around.incoming) {
    const port = to[1];
    counts[port] = (counts[port] ?? 0) + 1;
    const known = around.results.get(from[0]);
    const tensor = known?.outputs[from[1]];
    const source = nodeOf(around, from[0]);
    if (isLoss(source) || (source && !outputsOf(source, known?.params).includes(from[1]))) {
      findings.push(
        error('rule', {
          message: 'A wire comes from where nothing comes out.',
          port,
          repairs: [cut(port, (counts[port] ?? 1) - 1)],
        }),
      );
    }
    const others = inputs[port];
    if (!tensor) complete = false;
    else if (others) others.push(tensor);
    else inputs[port] = [tensor];
  }
  for (const name in counts) {
    const port = layer.inputs[name];
    const count = counts[name] ?? 0;
    if (!port) {
      findings.push(
        error('too-many-wires', {
          message: `${layer.title} has no input “${name}”.`,
          port: name,
          repairs: [cut(name, 0)],
        }),
      );
    } else if (!port.many && count > 1) {
      findings.push(
        error('too-many-wires', {
          message: `${count} wires end in “${port.title}”, which takes one.`,
          why: 'Join tensors with Add or Concatenate first.',
          port: name,
          repairs: [
            { title: 'Add them first', kind: 'mergeBefore', port: name, type: 'add' },
            { title: 'Concatenate them first', kind: 'mergeBefore', port: name, type: 'concatenate' },
            ...Array.from({ length: count }, (_, index) => cut(name, index)),
          ],
        }),
      );
    }
  }
  for (const name in layer.inputs) {
    const port = layer.inputs[name];
    if (!port) continue;
    if (!port.optional && (counts[name] ?? 0) === 0) {
      findings.push(
        error('missing-input', {
          message: `Nothing is wired to ${Object.keys(layer.inputs).length > 1 ? `“${port.title}”` : 'it'} yet.`,
          why: `${layer.title} needs a tensor to work on.`,
          port: name,
          repairs: [
            { title: 'Wire it to the last open output', kind: 'connectOpen', port: name },
            { title: 'Remove it', kind: 'remove' },
          ],
        }),
      );
    }
    for (const tensor of inputs[name] ?? []) {
      const refusal = rankProblem(layer, name, port, tensor);
      if (refusal) findings.push(error('rank', refusal));
    }
  }
  return { inputs, complete };
}

const nodeOf = ({ nodes }: Surroundings, id: NodeId): NetworkNode | undefined =>
  Object.hasOwn(nodes, id) ? nodes[id] : undefined;

const isLoss = (node: NetworkNode | undefined): boolean => node !== undefined && layerOf(node.type)?.role === 'loss';

const cut = (port: string, index: number): Repair => ({
  title: `Take wire ${index + 1} away`,
  kind: 'disconnect',
  port,
  index,
});

/** What a rank is called in a course. */
const KINDS: Readonly<Record<number, string>> = {
  1: 'a single number',
  2: 'a row of features (N×D)',
  3: 'a sequence (N×T×C)',
  4: 'an image (N×H×W×C)',
  5: 'a volume (N×L×H×W×C)',
};

export function rankProblem(layer: LayerDeclaration, name: string, port: Port, { shape }: Tensor): Refusal | null {
  const ranks = port.rank;
  if (!ranks || ranks.includes(shape.length)) return null;
  const wanted = ranks.map((rank) => KINDS[rank] ?? `${rank} axes`).join(' or ');
  return {
    message: `${layer.title} works on ${wanted}, but gets ${formatShape(shape)}, ${KINDS[shape.length] ?? `${shape.length} axes`}.`,
    port: name,
    repairs: rankRepairs(ranks, name, shape),
  };
}

function rankRepairs(ranks: readonly number[], port: string, shape: readonly Dim[]): Repair[] {
  if (ranks.includes(2) && shape.length > 2) {
    return [{ title: 'Insert Flatten', kind: 'insertBefore', port, layers: [{ type: 'flatten' }] }];
  }
  const size = product(shape.slice(1));
  if (!ranks.includes(4) || shape.length < 2 || shape.length > 3 || !isKnown(size)) return [];
  const side = Math.round(Math.sqrt(size));
  const targets =
    shape.length === 3 ? [[...shape.slice(1), 1]] : [...(side * side === size ? [[side, side, 1]] : []), [1, 1, size]];
  return targets.map((targetShape) => ({
    title: `Insert Reshape to ${targetShape.join('×')}`,
    kind: 'insertBefore' as const,
    port,
    layers: [
      { type: 'reshape', params: { targetShape: targetShape.filter((dim): dim is number => typeof dim === 'number') } },
    ],
  }));
}

/** A tied node uses another node's weights, so both must be of one type and give weights of one shape. */
function tieProblem(
  node: NetworkNode,
  layer: LayerDeclaration,
  wanted: readonly Weight[],
  around: Surroundings,
): Finding | null {
  if (node.tiedTo === undefined) return null;
  const owner = nodeOf(around, node.tiedTo);
  const untie: Repair = { title: 'Give it weights of its own', kind: 'untie' };
  const fits = owner && (owner.type === node.type || layer.tiesTo?.includes(owner.type));
  if (!owner || !fits || owner.tiedTo !== undefined) {
    const kinds = [node.type, ...(layer.tiesTo ?? [])].map((type) => layerOf(type)?.title ?? type).join(' or ');
    const message = owner
      ? `It is tied to “${node.tiedTo}”, which is no ${kinds} with weights of its own.`
      : `It is tied to “${node.tiedTo}”, which does not exist.`;
    return error('tie', { message, repairs: [untie] });
  }
  const known = around.owners.get(node.tiedTo);
  if (!known?.output) return null;
  const shapes = (weights: readonly Weight[]): string => weights.map(({ shape }) => shape.join('×')).join(', ');
  // A layer of another type uses those it knows by name.
  const given =
    owner.type === node.type
      ? known.weights
      : wanted.flatMap(({ name }) => known.weights.find((weight) => weight.name === name) ?? []);
  const [own, theirs] = [shapes(wanted), shapes(given)];
  if (own === theirs) return null;
  return error('tie', {
    message: `It shares the weights of “${node.tiedTo}” (${theirs}), but would need ${own}.`,
    why: 'Shared weights are the same numbers, so their shapes must be the same.',
    repairs: [...asTheOwner(layer, owner), untie],
  });
}

/** Takes over the owner's hyperparameters, those that both have. */
function asTheOwner(layer: LayerDeclaration, owner: NetworkNode): Repair[] {
  const other = layerOf(owner.type);
  if (!other) return [];
  const { params } = resolveParams(other, owner.params);
  const common = Object.entries(params).filter(([name]) => layer.params[name] && other.params[name]);
  if (common.length === 0) return [];
  const settings = Object.fromEntries(common.map(([name, value]) => [name, structuredClone(value) as Json]));
  return [{ title: `The settings of ${owner.name ?? 'the other'}`, kind: 'setParams', params: settings }];
}
