/**
 * Keras 3 and Keras 2 JSON and TensorFlow.js's `model.json` as one form. Files come from anywhere, so nothing
 * is taken for granted; what is wrong is said with the layer it is wrong at.
 */
import type { Json } from '@/document';
import {
  type Argument,
  type Call,
  ImportError,
  type ImportedLayer,
  type ImportedModel,
  type JsonObject,
  type Reference,
  referenceKey,
} from './model';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MODELS: ReadonlySet<string> = new Set(['Functional', 'Model', 'Sequential']);

/** Models within models, at most so deep. */
const DEEPEST = 50;

/** Far more than any network has; a file that claims more is no network. */
const MOST_LAYERS = 100_000;

/** Whether a parsed JSON looks like a Keras or TensorFlow.js model. */
export const looksLikeModel = (json: unknown): boolean => {
  try {
    return topologyOf(json) !== null;
  } catch {
    return false;
  }
};

/** @throws ImportError */
export function parseModel(json: unknown): ImportedModel {
  const topology = topologyOf(json);
  if (!topology) throw new ImportError('This is no Keras or TensorFlow.js model: it has no class name and config.');
  return modelFrom(topology, 0);
}

/** The model's own object: alone, or inside `modelTopology` and `model_config`. */
function topologyOf(json: unknown): JsonObject | null {
  let found = json;
  for (let depth = 0; depth < 4 && isObject(found); depth++) {
    if (typeof found.class_name === 'string' && found.config !== undefined) {
      if (MODELS.has(found.class_name)) return found;
      throw new ImportError(
        `A model of class “${found.class_name}” cannot be opened: only Sequential and Functional models say how they are wired.`,
      );
    }
    found = found.modelTopology ?? found.model_config ?? found.model;
    // Older converters stored the config as text.
    if (typeof found === 'string') found = parseText(found);
  }
  return null;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function modelFrom({ class_name: className, config }: JsonObject, depth: number): ImportedModel {
  if (depth > DEEPEST) throw new ImportError('Models are nested deeper than can be opened.');
  // Keras 1 and 2.0 gave a Sequential model's layers as the config itself.
  const settings: JsonObject = Array.isArray(config) ? { layers: config } : isObject(config) ? config : {};
  const layers = Array.isArray(settings.layers) ? settings.layers : [];
  if (layers.length > MOST_LAYERS)
    throw new ImportError(`The model has ${layers.length} layers; that is more than can be opened.`);
  const name = typeof settings.name === 'string' ? settings.name : 'model';
  const shapes = new Map<string, readonly (number | null)[]>();
  const parsed = layers.map((layer, at) => layerFrom(layer, at, depth, shapes));
  const seen = new Set<string>();
  for (const layer of parsed) {
    if (seen.has(layer.name)) throw new ImportError(`Two layers are called “${layer.name}”.`);
    seen.add(layer.name);
  }
  if (className === 'Sequential') return chained(name, parsed, settings, shapes);
  const inputs = references(settings.input_layers, 'input_layers');
  const outputs = references(settings.output_layers, 'output_layers');
  return { name, layers: parsed, inputs, outputs, shapes };
}

function layerFrom(
  given: Json,
  at: number,
  depth: number,
  shapes: Map<string, readonly (number | null)[]>,
): ImportedLayer {
  if (!isObject(given) || typeof given.class_name !== 'string') {
    throw new ImportError(`Layer ${at + 1} has no class name.`);
  }
  const config = isObject(given.config) ? given.config : {};
  const called = given.name ?? config.name;
  const name = typeof called === 'string' && called !== '' ? called : `${given.class_name.toLowerCase()}_${at + 1}`;
  const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
  return {
    name,
    className: given.class_name,
    module: text(given.module),
    registeredName: text(given.registered_name),
    config,
    calls: callsFrom(given.inbound_nodes, name, shapes),
    inner: MODELS.has(given.class_name) ? modelFrom(given, depth + 1) : null,
  };
}

function callsFrom(nodes: Json | undefined, name: string, shapes: Map<string, readonly (number | null)[]>): Call[] {
  if (nodes === undefined || nodes === null) return [];
  if (!Array.isArray(nodes)) throw new ImportError(`The wires into “${name}” cannot be read.`);
  return nodes.map((node) => {
    const call: Call = { arguments: [], options: {} };
    if (isObject(node)) {
      collect(node.args ?? [], null, call, name, shapes);
      for (const [keyword, value] of Object.entries(isObject(node.kwargs) ? node.kwargs : {})) {
        if (!collect(value, keyword, call, name, shapes)) call.options[keyword] = value;
      }
    } else collectOld(node, call, name);
    return call;
  });
}

/** Keras 3: tensors as objects, anywhere in the arguments. True where there was one. */
function collect(
  value: Json,
  keyword: string | null,
  call: Call,
  name: string,
  shapes: Map<string, readonly (number | null)[]>,
): boolean {
  if (Array.isArray(value)) {
    let found = false;
    for (const item of value) found = collect(item, keyword, call, name, shapes) || found;
    return found;
  }
  if (!isObject(value)) return false;
  if (value.class_name !== '__keras_tensor__') {
    let found = false;
    for (const item of Object.values(value)) found = collect(item, keyword, call, name, shapes) || found;
    return found;
  }
  const config = isObject(value.config) ? value.config : {};
  const from = reference(config.keras_history, name);
  if (Array.isArray(config.shape)) {
    shapes.set(
      referenceKey(from),
      config.shape.map((size) => (typeof size === 'number' ? size : null)),
    );
  }
  call.arguments.push({ from, keyword });
  return true;
}

/** Keras 2: `[[name, call, tensor, kwargs], …]`, or one such alone. */
function collectOld(node: Json, call: Call, name: string): void {
  if (!Array.isArray(node)) throw new ImportError(`The wires into “${name}” cannot be read.`);
  const list = typeof node[0] === 'string' ? [node] : node;
  for (const wire of list) {
    call.arguments.push({ from: reference(wire, name), keyword: null });
    const kwargs = Array.isArray(wire) ? wire[3] : undefined;
    if (!isObject(kwargs)) continue;
    for (const [keyword, value] of Object.entries(kwargs)) collectKeyword(keyword, value, call, name);
  }
}

/** A keyword argument of Keras 2 is a tensor where it looks like one, or several in a list. */
function collectKeyword(keyword: string, value: Json, call: Call, name: string): void {
  const isTensor = (item: Json): boolean =>
    Array.isArray(item) && item.length >= 3 && typeof item[0] === 'string' && typeof item[1] === 'number';
  const tensors = isTensor(value) ? [value] : Array.isArray(value) && value.every(isTensor) ? value : [];
  if (tensors.length === 0) call.options[keyword] = value;
  for (const tensor of tensors) call.arguments.push({ from: reference(tensor, name), keyword });
}

const isIndex = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000_000;

function reference(value: Json | undefined, name: string): Reference {
  const [layer, call, tensor] = Array.isArray(value) ? value : [];
  if (typeof layer !== 'string' || !isIndex(call) || !isIndex(tensor)) {
    throw new ImportError(`A wire into “${name}” does not say where it comes from.`);
  }
  return { layer, call, tensor };
}

/** One reference bare, several in a list or by name. */
function references(value: Json | undefined, what: string): Reference[] {
  if (isObject(value)) return Object.values(value).map((item) => reference(item, what));
  if (!Array.isArray(value)) return [];
  return typeof value[0] === 'string' ? [reference(value, what)] : value.map((item) => reference(item, what));
}

/** A Sequential model, whose wires go without saying. */
function chained(
  name: string,
  layers: ImportedLayer[],
  config: JsonObject,
  shapes: ReadonlyMap<string, readonly (number | null)[]>,
): ImportedModel {
  const [first] = layers;
  if (!first) return { name, layers, inputs: [], outputs: [], shapes };
  const whole = first.className === 'InputLayer' ? layers : [inputFor(first, config, layers), ...layers];
  const wired = whole.map((layer, at): ImportedLayer => {
    const before = whole[at - 1];
    if (!before) return { ...layer, calls: [] };
    const wire: Argument = { from: { layer: before.name, call: 0, tensor: 0 }, keyword: null };
    return { ...layer, calls: [{ arguments: [wire], options: {} }] };
  });
  const at = (layer: ImportedLayer | undefined): Reference[] =>
    layer ? [{ layer: layer.name, call: 0, tensor: 0 }] : [];
  return { name, layers: wired, inputs: at(wired[0]), outputs: at(wired.at(-1)), shapes };
}

/** The input that a Sequential model's first layer stands for. */
function inputFor(first: ImportedLayer, config: JsonObject, layers: readonly ImportedLayer[]): ImportedLayer {
  const inner = first.inner?.layers.find(({ className }) => className === 'InputLayer');
  const shape =
    first.config.batch_shape ??
    first.config.batch_input_shape ??
    config.build_input_shape ??
    inner?.config.batch_shape ??
    inner?.config.batch_input_shape;
  const taken = new Set(layers.map(({ name }) => name));
  let name = `${first.name}_input`;
  while (taken.has(name)) name += '_';
  return {
    name,
    className: 'InputLayer',
    module: null,
    registeredName: null,
    config: shape === undefined ? {} : { batch_shape: shape },
    calls: [],
    inner: null,
  };
}
