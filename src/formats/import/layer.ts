/** A Keras layer and one call of it as a node: its type, its hyperparameters, and the port of each tensor. */
import type { Json, NetworkNode } from '@/document';
import {
  innerOf,
  type LayerDeclaration,
  layerOfKeras,
  outputsOf,
  readKeras,
  tensorPlace,
  tensorPlaces,
} from '@/layers';
import { type Call, type Dialect, type ImportedLayer, isObject, type JsonObject, referenceKey } from './model';
import { asLayer, isOperation } from './operations';

export interface Read {
  node: NetworkNode;
  /** The port of each of the call's tensors; null for one that goes nowhere. */
  ports: (string | null)[];
  /** Why the node is a placeholder; null where it is none. */
  reason: string | null;
}

export interface Surroundings {
  dialect: Dialect;
  /** Shapes that the file records of tensors. */
  shapes: ReadonlyMap<string, Json[]>;
  /** The shapes of what comes out of this call, with the batch; undefined where the file does not say. */
  outputs: readonly (readonly Json[] | undefined)[];
}

export function readLayer(layer: ImportedLayer, call: Call, around: Surroundings): Read {
  const known = understood(layer, call, around);
  if ('reason' in known) return placeholderFor(layer, call, around, known.reason);
  const { declaration, params, ports } = known;
  return { node: { type: declaration.type, ...(Object.keys(params).length > 0 && { params }) }, ports, reason: null };
}

/** Keras 3 hands an attention's penalty to the layers within it, and SimpleRNN's to nobody. */
const PENALISED_OTHERWISE = /Attention$|^SimpleRNN$/;

/** A penalty on what a layer gives, where that is one tensor, is a layer of its own here, behind it. */
export function readWithPenalty(
  layer: ImportedLayer,
  call: Call,
  around: Surroundings,
): Read & { penalty: NetworkNode | null } {
  const { activity_regularizer: given, ...config } = layer.config;
  const penalty = isObject(given) && /^L(1|2|1L2)$/i.test(String(given.class_name)) ? given.config : null;
  if (isObject(penalty) && !PENALISED_OTHERWISE.test(layer.className)) {
    const alone = { ...layer, className: 'ActivityRegularization', config: penalty };
    const [inner, behind] = [readLayer({ ...layer, config }, call, around), readLayer(alone, ONE_TENSOR, around)];
    const single = outputsOf(inner.node).length === 1;
    if (single && inner.reason === null && behind.reason === null) return { ...inner, penalty: behind.node };
  }
  return { ...readLayer(layer, call, around), penalty: null };
}

const ONE_TENSOR: Call = { args: [{ $tensor: 0 }], kwargs: {}, tensors: [{ layer: '', call: 0, tensor: 0 }] };

type Understood =
  | { declaration: LayerDeclaration; params: Record<string, Json>; ports: (string | null)[] }
  | { reason: string };

const NO_CLASS = 'There is no such layer here.';

function understood(layer: ImportedLayer, call: Call, { dialect, shapes }: Surroundings): Understood {
  if (isOperation(layer.module) || layer.className.endsWith('OpLambda')) {
    const meant = asLayer(layer, call, shapes);
    const declaration = meant && layerOfKeras(meant.className);
    if (!meant || !declaration) return { reason: 'This operation is no layer here.' };
    return fitted(declaration, meant.className, meant.config, { ...call, args: meant.args, kwargs: {} }, shapes);
  }
  const ours = layer.registeredName?.startsWith('tensorloom>') ?? false;
  const cell = cellOf(layer);
  if (cell) return understood(cell, call, { dialect, shapes, outputs: [] });
  if (!ours && isForeign(layer)) return { reason: 'It is a class of its author’s.' };
  const declaration = layerOfKeras(layer.className, { ...(dialect === 'tfjs' && layer.config), ...call.kwargs });
  if (!declaration || declaration.role === 'loss') return { reason: NO_CLASS };
  if (declaration.keras?.custom && !ours && dialect !== 'tfjs') return { reason: NO_CLASS };
  return fitted(declaration, layer.className, layer.config, call, shapes);
}

/** RNN around one of Keras's own cells is the layer of that cell. */
function cellOf(layer: ImportedLayer): ImportedLayer | null {
  const { cell, ...around } = layer.config;
  if (layer.className !== 'RNN' || isForeign(layer) || !isObject(cell) || !isObject(cell.config)) return null;
  const { class_name: className, module, registered_name: registeredName } = cell;
  const inside: ImportedLayer = {
    ...layer,
    className: String(className).replace(/Cell$/, ''),
    module: typeof module === 'string' ? module : null,
    registeredName: typeof registeredName === 'string' ? registeredName : null,
    config: { ...cell.config, ...around },
  };
  return /^(SimpleRNN|GRU|LSTM)Cell$/.test(String(className)) && !isForeign(inside) ? inside : null;
}

/** Classes of other people may have the names of Keras's own. */
const isForeign = ({ registeredName, module }: ImportedLayer): boolean =>
  (registeredName?.includes('>') ?? false) || (module !== null && !/^(keras|tf_keras|keras_core)(\.|$)/.test(module));

function fitted(
  declaration: LayerDeclaration,
  className: string,
  config: JsonObject,
  written: Call,
  shapes: Surroundings['shapes'],
): Understood {
  const { call, sign } = withoutSign(written);
  const [tensor] = call.tensors;
  const rank = tensor && shapes.get(referenceKey(tensor))?.length;
  const { ports: given, ...settings } = withoutLeftovers(declaration, fromTheEnd(config, rank));
  const ports = portsOf(declaration, call, given);
  if ('reason' in ports) return ports;
  const { options, rest } = optionsOf(declaration, settings, call);
  const reading = readKeras(declaration, className, rest, options);
  return 'unsupported' in reading
    ? { reason: shortened(reading.unsupported) }
    : { declaration, params: reading.params, ports: sign ? [...ports.ports, null] : ports.ports };
}

/** In our models for TensorFlow.js a call's last tensor may be there only to tell it from the first call. */
function withoutSign(call: Call): { call: Call; sign: boolean } {
  const { sign, ...kwargs } = call.kwargs;
  const [args] = call.args;
  if (sign !== call.tensors.length - 1 || !Array.isArray(args)) return { call, sign: false };
  return { call: { args: [args.slice(0, -1)], kwargs, tensors: call.tensors.slice(0, -1) }, sign: true };
}

/** Keras's Normalization counts its axes from the front once it is built; the last one is what is known here. */
function fromTheEnd(config: JsonObject, rank: number | undefined): JsonObject {
  const axes = Array.isArray(config.axis) ? config.axis : [];
  return axes.length === 1 && rank !== undefined && axes[0] === rank - 1 ? { ...config, axis: [-1] } : config;
}

/** Without what Keras 2 wrote though it changes nothing: one group, shapes, settings of a kernel in two parts. */
function withoutLeftovers({ params }: LayerDeclaration, config: JsonObject): JsonObject {
  const idle = (name: string, value: Json): boolean =>
    (name === 'groups' && value === 1 && !('groups' in params)) ||
    /^(query|key|value)_shape$/.test(name) ||
    (/^kernel_(initializer|regularizer|constraint)$/.test(name) && 'depthwiseInitializer' in params);
  const own = Object.fromEntries(Object.entries(config).filter(([name, value]) => !idle(name, value)));
  const inner = innerOf(config);
  const inside = inner && layerOfKeras(inner.className);
  if (!inside) return own;
  return { ...own, layer: { ...(config.layer as JsonObject), config: withoutLeftovers(inside, inner.config) } };
}

/** Whether a layer, or the one or the cell inside it, is not trained. */
export const isFrozen = ({ cell, ...config }: JsonObject): boolean =>
  config.trainable === false ||
  innerOf(config)?.config.trainable === false ||
  (isObject(cell) && isObject(cell.config) && cell.config.trainable === false);

const shortened = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text);

/** Arguments of the call that are no tensors; TensorFlow.js has none, so there they are settings. */
function optionsOf(
  declaration: LayerDeclaration,
  config: JsonObject,
  { kwargs }: Call,
): { options: Record<string, Json>; rest: JsonObject } {
  const said = Object.entries(kwargs).filter(([, value]) => tensorPlaces(value).length === 0);
  const flags = Object.entries(declaration.params).map(([name, spec]) => [
    name,
    spec.default === false || spec.default,
  ]);
  const known = Object.keys(declaration.keras?.callOptions?.(Object.fromEntries(flags)) ?? {});
  const inConfig = Object.entries(config).filter(([name]) => known.includes(name));
  const rest = Object.entries(config).filter(([name]) => !known.includes(name));
  return { options: Object.fromEntries([...said, ...inConfig]), rest: Object.fromEntries(rest) };
}

/** What Keras calls the first tensor of a call, whatever a layer's port is called. */
const FIRST: ReadonlySet<string> = new Set(['inputs', 'input', 'x', 'sequence', 'sequences', 'inputs_list']);

/** Which port each tensor goes to: in order, or by the keyword that the declaration gives a port. */
function portsOf(
  declaration: LayerDeclaration,
  { args, kwargs, tensors }: Call,
  given: Json | undefined,
): { ports: string[] } | { reason: string } {
  const names = Object.keys(declaration.inputs);
  if (Array.isArray(given) && given.length === tensors.length && given.every((port) => names.includes(String(port)))) {
    return { ports: given.map(String) };
  }
  const form = declaration.keras?.call;
  const keywords = typeof form === 'object' ? form : {};
  const ports: (string | undefined)[] = tensors.map(() => undefined);
  const taken = new Set<string>();
  const wire = (words: readonly Json[], free: readonly string[]): boolean => {
    const open = free.filter((name) => declaration.inputs[name]?.many || !taken.has(name));
    let at = 0;
    for (const word of words) {
      const [port, place] = [open[at], tensorPlace(word)];
      const many = port !== undefined && declaration.inputs[port]?.many === true;
      if (!many) at += 1;
      if (word === null) continue;
      if (port === undefined || place === null) return false;
      taken.add(port);
      ports[place] = port;
    }
    return true;
  };
  if (!wire(args.flatMap(flat), names)) return { reason: 'It is called with more than it takes here.' };
  for (const [keyword, value] of Object.entries(kwargs)) {
    if (tensorPlaces(value).length === 0) continue;
    const meant = names.filter((name) => keywords[name] === keyword || inKeras(name) === keyword);
    const free = meant.length > 0 ? meant : FIRST.has(keyword) ? names.slice(0, 1) : [];
    if (!wire(flat(value), free)) return { reason: `It is called with ${keyword}, which is not known here.` };
  }
  const whole = ports.filter((port) => port !== undefined);
  return whole.length === tensors.length ? { ports: whole } : { reason: 'It is called with more than it takes here.' };
}

const inKeras = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The arguments in lists within lists, in order. */
const flat = (word: Json): Json[] => (Array.isArray(word) ? word.flatMap(flat) : [word]);

/** A layer that is not known here, with all the file says of it. */
function placeholderFor(layer: ImportedLayer, call: Call, { outputs }: Surroundings, reason: string): Read {
  const { className, config, module, registeredName } = layer;
  const { args, kwargs, tensors } = call;
  const [first, ...further] = outputs.length > 0 ? outputs.map(withoutBatch) : [null];
  const shape = first ?? saidBy(config);
  const plain = args.length === tensors.length && args.every((arg, at) => tensorPlace(arg) === at);
  const params: Record<string, Json> = {
    className,
    config: config as Json,
    ...(module !== null && { module }),
    ...(registeredName !== null && { registeredName }),
    ...(shape && { outputShape: shape }),
    ...(further.length > 0 && { further }),
    ...(!(plain && Object.keys(kwargs).length === 0) && { call: { args, kwargs } }),
    reason,
  };
  return { node: { type: 'placeholder', params }, ports: tensors.map(() => 'in'), reason };
}

/** A Lambda layer may be told its output's shape. */
const saidBy = ({ output_shape: shape }: JsonObject): Json[] | null =>
  Array.isArray(shape) ? withoutBatch([null, ...shape]) : null;

function withoutBatch(shape: readonly Json[] | undefined): Json[] | null {
  if (!shape || shape.length === 0 || shape.length > 9) return null;
  return shape
    .slice(1)
    .map((size) => (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= 1e9 ? size : null));
}

/** The number type that a layer computes in, where it is not the usual one. */
export function unusualType({ dtype }: JsonObject): string | null {
  const config = isObject(dtype) && isObject(dtype.config) ? dtype.config.name : dtype;
  return typeof config === 'string' && config !== 'float32' ? config.slice(0, 100) : null;
}

/** Whether a function of the layer, or of the one inside it, is the hard sigmoid. */
export function usesHardSigmoid(config: JsonObject): boolean {
  const named = (value: Json | undefined): boolean => /^hard_?sigmoid$/i.test(String(value));
  const inner = innerOf(config);
  const functions = Object.entries(config).filter(([name]) => /(^|_)activation$/.test(name));
  const inConfig = functions.some(([, value]) => named(isObject(value) ? (value.config ?? value.class_name) : value));
  return inConfig || (inner !== null && usesHardSigmoid(inner.config));
}
