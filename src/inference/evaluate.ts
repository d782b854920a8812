/** One node: its hyperparameters, the tensors that reach it, its rule, and what follows from the rule. */
import type { Edge, Json, NetworkNode, NodeId } from '@/document';
import {
  add,
  type Derivation,
  type Dim,
  derive,
  type Field,
  formatShape,
  type Inferred,
  isKnown,
  type LayerDeclaration,
  layerOf,
  multiply,
  outputsOf,
  type Port,
  product,
  type Refusal,
  type Repair,
  resolveParams,
  type Tensor,
  type Weight,
} from '@/layers';
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
  /** What feeds it. */
  resultOf(id: NodeId): NodeInference | undefined;
  /** Whose weights it uses, wherever that node stands. */
  ownerOf(id: NodeId): NodeInference | undefined;
  nodeOf(id: NodeId): NetworkNode | undefined;
}

export type Evaluation = Omit<NodeInference, 'problems'> & { findings: Finding[] };

const FLOAT_BYTES = 4;

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
} as const satisfies Omit<NodeInference, 'problems'>;

const error = (code: ProblemCode, refusal: Refusal): Finding => ({ code, severity: 'error', refusal });

export function evaluate(node: NetworkNode, around: Surroundings): Evaluation {
  const layer = layerOf(node.type);
  if (!layer) {
    const message = `There is no layer type “${node.type}”.`;
    const why = 'The file may come from a newer version or hold a custom layer. It is kept as it is.';
    return {
      ...NOTHING,
      findings: [error('unknown-layer', { message, why, repairs: [{ title: 'Remove it', kind: 'remove' }] })],
    };
  }
  const { params, problems } = resolveParams(layer, node.params);
  const findings = problems.map(({ param, message }) =>
    error('bad-param', { message, param, repairs: [backToDefault(layer, param)] }),
  );
  const { inputs, complete } = gather(layer, around, findings);
  const known = { ...NOTHING, inputs, params: problems.length === 0 ? params : null };
  if (findings.some(({ severity }) => severity === 'error') || !complete) return { ...known, findings };
  const result = layer.infer({ params, inputs: forRule(layer, inputs), fields: around.fields });
  if ('refusal' in result) return { ...known, findings: [...findings, error('rule', result.refusal)] };
  for (const refusal of result.errors ?? []) findings.push(error('rule', refusal));
  for (const refusal of [...(result.warnings ?? []), ...forgottenFlatten(layer, inputs)]) {
    findings.push({ code: 'rule', severity: 'warning', refusal });
  }
  const tie = tieProblem(node, layer, result, around);
  if (tie) findings.push(tie);
  return { ...known, ...measure(node, result, receptiveField(layer, result, around)), findings };
}

const backToDefault = (layer: LayerDeclaration, param: string): Repair => ({
  title: layer.params[param] ? 'Back to the default' : `Remove “${param}”`,
  kind: 'resetParam',
  param,
});

type PortTensors = Record<string, readonly Tensor[]>;

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
    const tensor = around.resultOf(from[0])?.outputs[from[1]];
    const source = around.nodeOf(from[0]);
    if (isLoss(source) || (source && !outputsOf(source, around.resultOf(from[0])?.params).includes(from[1]))) {
      findings.push(
        error('rule', {
          message: 'A wire comes from where nothing comes out.',
          port,
          repairs: [cut(port, (counts[port] ?? 1) - 1)],
        }),
      );
    }
    if (tensor) inputs[port] = [...(inputs[port] ?? []), tensor];
    else complete = false;
  }
  for (const [name, count] of Object.entries(counts)) {
    const port = layer.inputs[name];
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
  for (const [name, port] of Object.entries(layer.inputs)) {
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

/** A dense layer over an image is allowed, and nearly always a forgotten Flatten. */
function forgottenFlatten(layer: LayerDeclaration, inputs: PortTensors): Refusal[] {
  const [x] = inputs.in ?? [];
  if (layer.type !== 'dense' || !x || x.shape.length < 4) return [];
  return [
    {
      message: `The layer gets an image of ${formatShape(x.shape)} and works on its last axis only, at every place alike.`,
      why: 'To mix all values of the image, flatten it first.',
      port: 'in',
      repairs: [
        { title: 'Insert Flatten', kind: 'insertBefore', port: 'in', layers: [{ type: 'flatten' }] },
        {
          title: 'Insert GlobalAveragePooling2D',
          kind: 'insertBefore',
          port: 'in',
          layers: [{ type: 'globalAveragePooling2d' }],
        },
      ],
    },
  ];
}

/** Rules get a list on ports for many wires, and one tensor or none elsewhere. */
export function forRule(
  layer: LayerDeclaration,
  inputs: PortTensors,
): Record<string, Tensor | readonly Tensor[] | undefined> {
  return Object.fromEntries(
    Object.entries(layer.inputs).map(([name, port]) => [name, port.many ? (inputs[name] ?? []) : inputs[name]?.[0]]),
  );
}

function measure(
  node: NetworkNode,
  result: Inferred,
  field: Seen,
): Omit<NodeInference, 'problems' | 'params' | 'inputs'> {
  const weights = result.weights ?? [];
  const counts = weights.map(({ shape }) => product(shape));
  const parameters = counts.reduce<Dim>(add, 0);
  const frozen = node.trainable === false;
  const trainable = frozen
    ? 0
    : counts.reduce<Dim>((sum, count, at) => (weights[at]?.trainable ? add(sum, count) : sum), 0);
  const outputs = { out: result.output, ...result.further };
  const values = Object.values(outputs).reduce<Dim>((sum, { shape }) => add(sum, product(shape.slice(1))), 0);
  const memory = derive('Output memory, bytes', `${FLOAT_BYTES}·n`, { n: values });
  const derivations: Derivation[] = [...(result.shape ?? [])];
  if (weights.length > 0) derivations.push(result.parameters ?? sumOfWeights(weights, counts));
  const macs = result.macs?.result ?? 0;
  if (result.macs) derivations.push(result.macs);
  if (result.operations) derivations.push(result.operations);
  derivations.push(memory);
  const parameterMemory = derive('Parameter memory, bytes', `${FLOAT_BYTES}·P`, { P: parameters });
  if (weights.length > 0) derivations.push(parameterMemory);
  derivations.push(...field.derivations);
  return {
    output: result.output,
    outputs,
    weights,
    parameters,
    trainable,
    pytorch: inPyTorch(weights, counts, frozen),
    macs,
    flops: add(multiply(macs, 2), result.operations?.result ?? 0),
    activationBytes: memory.result,
    parameterBytes: parameterMemory.result,
    receptiveField: field.field,
    derivations,
  };
}

/** Weights it does not count are buffers there; where it keeps another number, the declaration says which. */
function inPyTorch(weights: readonly Weight[], counts: readonly Dim[], frozen: boolean): NodeInference['pytorch'] {
  const counted = (chosen: (weight: Weight) => boolean): Dim =>
    weights.reduce<Dim>((sum, weight, at) => (chosen(weight) ? add(sum, weight.pytorch ?? counts[at] ?? 0) : sum), 0);
  return { parameters: counted(() => true), trainable: frozen ? 0 : counted(({ trainable }) => trainable) };
}

function sumOfWeights(weights: readonly Weight[], counts: readonly Dim[]): Derivation {
  const values = Object.fromEntries(weights.map((_, at) => [`w_${at + 1}`, counts[at] ?? 0]));
  return derive('Parameters', Object.keys(values).join(' + '), values);
}

/** A receptive field with how it came about. */
interface Seen {
  field: ReceptiveField | null;
  derivations: readonly Derivation[];
}

/** What the spatial axes of a sequence, an image and a volume are called. */
const SIDES: Readonly<Record<number, readonly [name: string, index: string][]>> = {
  1: [['Length', 't']],
  2: [
    ['Height', 'h'],
    ['Width', 'w'],
  ],
  3: [
    ['Depth', 'l'],
    ['Height', 'h'],
    ['Width', 'w'],
  ],
};

/** Araujo, Norris & Sim 2019: the size grows by (reach − 1)·jump, the jump by the stride. */
function receptiveField(layer: LayerDeclaration, result: Inferred, around: Surroundings): Seen {
  const axes = result.output.shape.slice(1, -1);
  if (layer.role === 'input') {
    const spatial = SIDES[axes.length] !== undefined;
    const ones = axes.map(() => 1);
    return { field: spatial ? { size: ones, jump: ones, extent: axes } : null, derivations: [] };
  }
  const before = widest(around.incoming.map(({ from }) => around.resultOf(from[0])?.receptiveField ?? null));
  if (!before || !result.window) return { field: before, derivations: [] };
  const { window } = result;
  if (window === 'global') return { field: { ...before, size: before.extent }, derivations: [] };
  // A window over other axes than the input's: after a reshape, what a unit sees is no box any more.
  if (window.kernel.length !== before.size.length) return { field: null, derivations: [] };
  const grown = (SIDES[window.kernel.length] ?? []).map(([side, index], axis) => {
    const values = {
      r: before.size[axis] ?? 1,
      j: before.jump[axis] ?? 1,
      F: window.kernel[axis] ?? 1,
      D: window.dilation[axis] ?? 1,
    };
    const formula =
      values.D === 1
        ? `r_${index} + (F_${index} − 1)·j_${index}`
        : `r_${index} + D_${index}·(F_${index} − 1)·j_${index}`;
    const named = Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}_${index}`, value]));
    return derive(`${side} of the input that one value sees`, formula, named);
  });
  const size = grown.map(({ result: reach }, axis) => {
    const extent = before.extent[axis] ?? 1;
    return isKnown(reach) && isKnown(extent) ? Math.min(reach, extent) : reach;
  });
  const field: ReceptiveField = {
    size,
    jump: before.jump.map((jump, axis) => jump * (window.strides[axis] ?? 1)),
    extent: before.extent,
  };
  // Where the window reaches past the input, the input is all there is to see, and no formula is needed.
  return { field, derivations: grown.filter(({ result: reach }, axis) => reach === size[axis]) };
}

function widest(fields: readonly (ReceptiveField | null)[]): ReceptiveField | null {
  let best: ReceptiveField | null = null;
  for (const field of fields) {
    if (!field) continue;
    const [size, other] = [field.size[0] ?? 0, best?.size[0] ?? 0];
    if (!best || !isKnown(size) || (isKnown(other) && size > other)) best = field;
  }
  return best;
}

/** A tied node uses another node's weights, so both must be of one type and give weights of one shape. */
function tieProblem(
  node: NetworkNode,
  layer: LayerDeclaration,
  result: Inferred,
  around: Surroundings,
): Finding | null {
  if (node.tiedTo === undefined) return null;
  const owner = around.nodeOf(node.tiedTo);
  const untie: Repair = { title: 'Give it weights of its own', kind: 'untie' };
  const fits = owner && (owner.type === node.type || layer.tiesTo?.includes(owner.type));
  if (!owner || !fits || owner.tiedTo !== undefined) {
    const kinds = [node.type, ...(layer.tiesTo ?? [])].map((type) => layerOf(type)?.title ?? type).join(' or ');
    const message = owner
      ? `It is tied to “${node.tiedTo}”, which is no ${kinds} with weights of its own.`
      : `It is tied to “${node.tiedTo}”, which does not exist.`;
    return error('tie', { message, repairs: [untie] });
  }
  const known = around.ownerOf(node.tiedTo);
  if (!known?.output) return null;
  const shapes = (weights: readonly Weight[]): string => weights.map(({ shape }) => shape.join('×')).join(', ');
  const wanted = result.weights ?? [];
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
