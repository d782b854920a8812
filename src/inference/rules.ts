/**
 * What a layer makes of its settings and inputs. That is the same for all nodes that are alike, and large networks
 * are made of few kinds of nodes: it is worked out once and remembered.
 */
import type { NetworkNode } from '@/document';
import {
  add,
  type Derivation,
  type Dim,
  derive,
  type Field,
  formatShape,
  type Inferred,
  isKnown,
  isSymbol,
  type LayerDeclaration,
  product,
  type Refusal,
  resolveParams,
  sameShape,
  type Tensor,
  type Weight,
} from '@/layers';
import type { NodeInference } from './types';

export type PortTensors = Record<string, readonly Tensor[]>;

const FLOAT_BYTES = 4;

/** A layer's hyperparameters, read. */
type Settings = Readonly<ReturnType<typeof resolveParams>> & {
  readonly layer: LayerDeclaration;
  /** By what else they depend on. */
  readonly outcomes: Map<string, Outcome>;
};

interface Given {
  inputs: PortTensors;
  fields: Readonly<Record<string, Field>> | undefined;
  /** Whether its weights are not to be trained. */
  frozen: boolean;
}

type Measured = Omit<NodeInference, 'problems' | 'params' | 'inputs' | 'receptiveField'>;

type Outcome =
  | { refusal: Refusal }
  | { result: Inferred; measured: Measured; errors: readonly Refusal[]; warnings: readonly Refusal[] };

/** More kinds of nodes than any network has. */
const MOST_KINDS = 10_000;

export class Rules {
  private known = new WeakMap<object, Settings>();
  private kinds = new Map<string, Settings>();
  private count = 0;

  settings(layer: LayerDeclaration, given: NetworkNode['params'] = NO_PARAMS): Settings {
    const before = this.known.get(given);
    if (before?.layer === layer) return before;
    const kind = `${layer.type} ${JSON.stringify(given)}`;
    let settings = this.kinds.get(kind);
    if (!settings) {
      settings = { ...resolveParams(layer, given), layer, outcomes: new Map() };
      this.kinds.set(kind, settings);
    }
    this.known.set(given, settings);
    return settings;
  }

  /** Settings must be without problems, and inputs complete. */
  outcome(settings: Settings, given: Given): Outcome {
    // Inputs and losses depend on the data set, too, and there are few of them.
    if (settings.layer.role) return outcomeOf(settings, given);
    const kind = kindOf(given);
    const before = settings.outcomes.get(kind);
    if (before) return before;
    this.count += 1;
    if (this.count > MOST_KINDS) this.forget();
    const outcome = outcomeOf(settings, given);
    settings.outcomes.set(kind, outcome);
    return outcome;
  }

  private forget(): void {
    this.known = new WeakMap();
    this.kinds.clear();
    this.count = 1;
  }
}

const NO_PARAMS: NonNullable<NetworkNode['params']> = {};

function kindOf({ inputs, frozen }: Given): string {
  let kind = frozen ? 'frozen' : '';
  for (const port in inputs) {
    kind += `;${port}`;
    for (const tensor of inputs[port] ?? []) kind += `:${keyOf(tensor)}`;
  }
  return kind;
}

const keys = new WeakMap<Tensor, string>();

function keyOf(tensor: Tensor): string {
  let key = keys.get(tensor);
  if (key === undefined) {
    const { shape, dtype, squashed, masked, indices } = tensor;
    key = `${dtype},${squashed},${masked},${indices},${shape.map((dim) => (isKnown(dim) ? dim : dim.key)).join()}`;
    keys.set(tensor, key);
  }
  return key;
}

function outcomeOf({ layer, params }: Settings, { inputs, fields, frozen }: Given): Outcome {
  const result = layer.infer({ params, inputs: forRule(layer, inputs), fields });
  if ('refusal' in result) return result;
  return {
    result,
    measured: measure(result, frozen),
    errors: result.errors ?? [],
    warnings: [...(result.warnings ?? []), ...forgottenFlatten(layer, inputs)],
  };
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

function measure(result: Inferred, frozen: boolean): Measured {
  const weights = result.weights ?? [];
  const counts = weights.map(({ shape }) => product(shape));
  const parameters = counts.reduce<Dim>(add, 0);
  const trainable = frozen
    ? 0
    : counts.reduce<Dim>((sum, count, at) => (weights[at]?.trainable ? add(sum, count) : sum), 0);
  const outputs = { out: result.output, ...result.further };
  const values = Object.values(outputs).reduce<Dim>((sum, { shape }) => add(sum, product(shape.slice(1))), 0);
  const memory = derive('Output memory, one sample, bytes', `${FLOAT_BYTES}·n`, { n: values });
  const derivations: Derivation[] = [...(result.shape ?? [])];
  if (weights.length > 0) derivations.push(result.parameters ?? sumOfWeights(weights, counts));
  const macs = result.macs?.result ?? 0;
  if (result.macs) derivations.push(result.macs);
  if (result.operations) derivations.push(result.operations);
  const flops = flopsOf(macs, result.operations?.result);
  if (flops) derivations.push(flops);
  derivations.push(memory);
  const parameterMemory = derive('Parameter memory, bytes', `${FLOAT_BYTES}·P`, { P: parameters });
  if (weights.length > 0) derivations.push(parameterMemory);
  return {
    output: result.output,
    outputs,
    weights,
    parameters,
    trainable,
    pytorch: inPyTorch(weights, counts, frozen),
    macs,
    flops: flops?.result ?? 0,
    activationBytes: memory.result,
    parameterBytes: parameterMemory.result,
    derivations,
  };
}

/** A multiply-add is two operations. */
function flopsOf(macs: Dim, others: Dim | undefined): Derivation | null {
  const title = 'Floating-point operations';
  if (others !== undefined) return derive(title, '2·M + O', { M: macs, O: others });
  return macs === 0 ? null : derive(title, '2·M', { M: macs });
}

/** Weights it does not count are buffers there; where it keeps another number, the declaration says which. */
function inPyTorch(weights: readonly Weight[], counts: readonly Dim[], frozen: boolean): NodeInference['pytorch'] {
  const counted = (chosen: (weight: Weight) => boolean): Dim =>
    weights.reduce<Dim>((sum, weight, at) => (chosen(weight) ? add(sum, weight.pytorch ?? counts[at] ?? 0) : sum), 0);
  return { parameters: counted(() => true), trainable: frozen ? 0 : counted(({ trainable }) => trainable) };
}

function sumOfWeights(weights: readonly Weight[], counts: readonly Dim[]): Derivation {
  const values: Record<string, Dim> = {};
  const terms = weights.map(({ symbols, shape }) => productOf(symbols, shape, values));
  if (terms.every((term) => term !== null)) return derive('Parameters', terms.join(' + '), values);
  const each = Object.fromEntries(
    weights.map(({ name }, at) => [`w_${name.replace(/[^A-Za-z0-9]/g, '') || at + 1}`, counts[at] ?? 0]),
  );
  // Names that only differ in what a formula cannot hold would count one weight for two.
  const distinct = Object.keys(each).length === weights.length ? each : numbered(counts);
  return derive('Parameters', Object.keys(distinct).join(' + '), distinct);
}

const numbered = (counts: readonly Dim[]): Record<string, Dim> =>
  Object.fromEntries(counts.map((count, at) => [`w_${at + 1}`, count]));

/** A weight's sizes multiplied by their symbols, whose values it adds; null where these do not make a formula. */
function productOf(symbols: readonly string[], shape: readonly Dim[], values: Record<string, Dim>): string | null {
  const factors = symbols.flatMap((symbol, axis) => (symbol === '1' ? [] : [[symbol, shape[axis] ?? 1] as const]));
  for (const [symbol, size] of factors) {
    if (!isSymbol(symbol) || !sameShape([values[symbol] ?? size], [size])) return null;
    values[symbol] = size;
  }
  return factors.map(([symbol]) => symbol).join('·') || '1';
}
