/**
 * Keras 3 and Keras 2 JSON and TensorFlow.js's `model.json` as one form. Files come from anywhere, so nothing
 * is taken for granted; what is wrong is said with the layer it is wrong at.
 */
import { z } from 'zod';
import type { Json } from '@/document';
import { callsFrom, isIndex } from './calls';
import { withoutMasks } from './masks';
import {
  type Call,
  ImportError,
  type ImportedLayer,
  type ImportedModel,
  isObject,
  type JsonObject,
  type Port,
  type Reference,
  referenceKey,
} from './model';

const MODELS: ReadonlySet<string> = new Set(['Functional', 'Model', 'Sequential']);

const WRAPPER = 'TimeDistributed';

/** Far more than any network has; a file that claims more is no network. */
const MOST_LAYERS = 50_000;

const layerSchema = z.looseObject({
  class_name: z.string('the class name is missing').min(1).max(1000),
  config: z.custom<JsonObject>(isObject, 'the settings are missing').nullish(),
  name: z.string().min(1).max(1000).nullish(),
  module: z.string().max(1000).nullish(),
  registered_name: z.string().max(1000).nullish(),
  inbound_nodes: z.unknown().optional(),
  build_config: z.unknown().optional(),
});

/**
 * @param topology an object with `class_name` and `config`
 * @throws ImportError
 */
export function parseModel(topology: JsonObject): ImportedModel {
  if (MODELS.has(String(topology.class_name)) || isGraph(topology.config)) return modelFrom(topology);
  throw new ImportError(
    `A model of class “${topology.class_name}” cannot be opened: only Sequential and Functional models say how they are wired.`,
  );
}

/** A subclass of Functional may still say how it is wired. */
const isGraph = (config: Json | undefined): boolean =>
  isObject(config) && Array.isArray(config.layers) && config.output_layers !== undefined;

type Head = Omit<ImportedLayer, 'calls' | 'inner'>;

const isModel = ({ className, registeredName, config }: Head): boolean =>
  MODELS.has(className) && !registeredName?.includes('>') && (Array.isArray(config.layers) || Array.isArray(config));

function modelFrom({ class_name: className, config }: JsonObject): ImportedModel {
  // Keras 1 and 2.0 gave a Sequential model's layers as the config itself.
  const settings: JsonObject = Array.isArray(config) ? { layers: config } : isObject(config) ? config : {};
  const given = Array.isArray(settings.layers) ? settings.layers : [];
  if (given.length > MOST_LAYERS)
    throw new ImportError(`The model has ${given.length} layers; that is more than can be opened.`);
  const name = typeof settings.name === 'string' && settings.name !== '' ? settings.name : 'model';
  const heads = given.map((layer, at) => ({
    head: headFrom(layer, at),
    nodes: isObject(layer) ? layer.inbound_nodes : null,
  }));
  const names = new Set<string>();
  for (const { head } of heads) {
    if (names.has(head.name)) throw new ImportError(`Two layers of “${name}” are called “${head.name}”.`);
    names.add(head.name);
  }
  const shapes = new Map<string, Json[]>();
  const layers = heads.map(
    ({ head, nodes }): ImportedLayer => ({
      ...head,
      calls: callsFrom(nodes, { name: head.name, layers: names, shapes }),
      inner: isModel(head) ? modelFrom({ class_name: head.className, config: head.config }) : atEveryStep(head),
    }),
  );
  const frozen = settings.trainable === false;
  if (className === 'Sequential') {
    const chain = chained(layers, settings);
    return { name, frozen, ...chain, shapes: withBuilt(chain.layers, shapes) };
  }
  const model = {
    name,
    frozen,
    layers,
    inputs: portsFrom(settings.input_layers, name),
    outputs: portsFrom(settings.output_layers, name),
  };
  const isOld = given.some((layer) => isObject(layer) && hasOldWires(layer.inbound_nodes));
  return withoutMasks({ ...model, shapes: withBuilt(layers, counted(model, isOld, shapes)) });
}

/** A chain of layers at every step of a sequence is a chain of layers, each at every step. */
function atEveryStep({ className, config: { layer } }: Head): ImportedModel | null {
  const chain = isObject(layer) && layer.class_name === 'Sequential' && isObject(layer.config) ? layer.config : null;
  if (className !== WRAPPER || !chain || !Array.isArray(chain.layers)) return null;
  const layers = chain.layers.map((given, at): Json => {
    const head = headFrom(given, at);
    const { batch_shape: shape, batch_input_shape: old, ...config } = head.config;
    if (head.className === 'InputLayer') {
      const [batch = null, ...sizes] = [shape, old].find((sizes) => Array.isArray(sizes)) ?? [];
      return {
        class_name: head.className,
        name: head.name,
        config: { ...config, batch_shape: [batch, null, ...sizes] },
      };
    }
    const shared = head.sharedAs === null ? {} : { shared_object_id: Number(head.sharedAs) };
    return { class_name: WRAPPER, name: head.name, module: 'keras.layers', config: { layer: given }, ...shared };
  });
  return modelFrom({ class_name: 'Sequential', config: { ...chain, layers } });
}

/** What a layer was built for is the shape of what comes to its first call. */
function withBuilt(layers: readonly ImportedLayer[], shapes: ReadonlyMap<string, Json[]>): ReadonlyMap<string, Json[]> {
  const known = new Map(shapes);
  for (const { builtFor, calls, inner } of layers) {
    const tensors = calls[0]?.tensors ?? [];
    const own = builtFor ?? inputShapes(inner);
    const given = Array.isArray(own[0]) ? own : [own];
    if (given.length !== tensors.length) continue;
    for (const [at, tensor] of tensors.entries()) {
      const [key, shape] = [referenceKey(tensor), given[at]];
      if (!known.has(key) && Array.isArray(shape) && shape.length > 0) known.set(key, shape);
    }
  }
  return known;
}

/** What a model says of its inputs. */
const inputShapes = (model: ImportedModel | null): Json[] =>
  (model?.inputs ?? []).map(({ reference }) => {
    const { config } = model?.layers.find(({ name }) => name === reference.layer) ?? { config: {} as JsonObject };
    return config.batch_shape ?? config.batch_input_shape ?? null;
  });

const hasOldWires = (nodes: Json | undefined): boolean =>
  Array.isArray(nodes) && nodes.length > 0 && !(isObject(nodes[0]) && Array.isArray(nodes[0].args));

function headFrom(given: Json, at: number): Head {
  const read = layerSchema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const called = isObject(given) && typeof given.name === 'string' ? ` (“${given.name.slice(0, 200)}”)` : '';
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    throw new ImportError(`Layer ${at + 1}${called} cannot be read${where}: ${issue?.message ?? 'it is no layer'}.`);
  }
  const { class_name: className, name, module, registered_name: registeredName } = read.data;
  const config = read.data.config ?? {};
  const inConfig = typeof config.name === 'string' && config.name !== '' ? config.name.slice(0, 1000) : null;
  const { shared_object_id: shared, build_config: built } = read.data;
  return {
    name: name ?? inConfig ?? `${className.toLowerCase()}_${at + 1}`,
    className,
    module: module ?? null,
    registeredName: registeredName ?? null,
    config,
    builtFor: isObject(built) && Array.isArray(built.input_shape) ? built.input_shape : null,
    sharedAs: typeof shared === 'number' ? String(shared) : null,
  };
}

/** What a model takes or gives: one reference bare, several in a list or by name. */
function portsFrom(value: Json | undefined, model: string): Port[] {
  const reference = (item: Json, name: string | null): Port[] => {
    if (Array.isArray(item) && typeof item[0] !== 'string') return item.flatMap((inner) => reference(inner, name));
    // Trees of tensors are counted in the order of their names.
    if (isObject(item))
      return Object.keys(item)
        .sort()
        .flatMap((key) => reference(item[key] ?? null, key));
    const [layer, call, tensor] = Array.isArray(item) ? item : [];
    if (typeof layer !== 'string' || !isIndex(call) || !isIndex(tensor)) {
      throw new ImportError(`“${model}” does not say where its inputs and outputs are.`);
    }
    return [{ name, reference: { layer, call, tensor } }];
  };
  return value === undefined || value === null ? [] : reference(value, null);
}

/**
 * Counts the calls of every layer from 0. A model within a model has a call of its own before all others, which
 * Keras 2 counts everywhere and Keras 3 only where a model says what comes out of it.
 */
function counted(
  { name, layers, outputs }: Omit<ImportedModel, 'shapes' | 'frozen'>,
  isOld: boolean,
  shapes: ReadonlyMap<string, Json[]>,
): Map<string, Json[]> {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const wires = layers.flatMap((layer) => layer.calls.flatMap(({ tensors }) => tensors));
  const ends = outputs.map(({ reference }) => reference);
  const inWires = offsets(byName, isOld ? [...wires, ...ends] : wires, () => isOld);
  const inEnds = isOld ? inWires : offsets(byName, ends, ({ className }) => className !== 'Sequential');
  const check = (reference: Reference, what: string): void => {
    const layer = byName.get(reference.layer);
    if (!layer) throw new ImportError(`${what} is wired to “${reference.layer}”, which is not in the file.`);
    if (reference.call < 0 || reference.call >= Math.max(1, layer.calls.length)) {
      throw new ImportError(`${what} is wired to a call of “${reference.layer}” that does not exist.`);
    }
  };
  const known = new Map<string, Json[]>();
  for (const layer of layers) {
    for (const { tensors } of layer.calls) {
      for (const reference of tensors) {
        const shape = shapes.get(referenceKey(reference));
        reference.call -= inWires.get(reference.layer) ?? 0;
        if (shape) known.set(referenceKey(reference), shape);
        check(reference, `“${layer.name}”`);
      }
    }
  }
  for (const reference of ends) {
    reference.call -= inEnds.get(reference.layer) ?? 0;
    check(reference, `The output of “${name}”`);
  }
  return known;
}

/** By how much the calls of inner models are counted too high, as far as the wires from them tell. */
function offsets(
  layers: ReadonlyMap<string, ImportedLayer>,
  wires: readonly Reference[],
  counts: (layer: ImportedLayer) => boolean,
): Map<string, number> {
  const least = new Map<string, number>();
  const most = new Map<string, number>();
  for (const { layer, call } of wires) {
    least.set(layer, Math.min(call, least.get(layer) ?? call));
    most.set(layer, Math.max(call, most.get(layer) ?? call));
  }
  const found = new Map<string, number>();
  for (const [name, first] of least) {
    const layer = layers.get(name);
    if (!layer?.inner || layer.className === WRAPPER || first === 0) continue;
    if (counts(layer) || (most.get(name) ?? 0) >= layer.calls.length) found.set(name, 1);
  }
  return found;
}

/** A Sequential model, whose wires go without saying. */
function chained(layers: ImportedLayer[], config: JsonObject): Pick<ImportedModel, 'layers' | 'inputs' | 'outputs'> {
  const [first] = layers;
  if (!first) return { layers, inputs: [], outputs: [] };
  const whole = first.className === 'InputLayer' ? layers : [inputFor(first, config, layers), ...layers];
  const end = (layer: ImportedLayer): Reference => ({ layer: layer.name, call: 0, tensor: 0 });
  const wired = whole.map((layer, at): ImportedLayer => {
    const before = whole[at - 1];
    const calls: Call[] = before ? [{ args: [{ $tensor: 0 }], kwargs: {}, tensors: [end(before)] }] : [];
    return { ...layer, calls };
  });
  const port = (layer: ImportedLayer | undefined): Port[] => (layer ? [{ name: null, reference: end(layer) }] : []);
  return { layers: wired, inputs: port(wired[0]), outputs: port(wired.at(-1)) };
}

/** The input that a Sequential model's first layer stands for. */
function inputFor(first: ImportedLayer, config: JsonObject, layers: readonly ImportedLayer[]): ImportedLayer {
  const inner = first.inner?.layers.find(({ className }) => className === 'InputLayer');
  const said = [first.config, inner?.config ?? {}].flatMap((settings) => [
    settings.batch_shape,
    settings.batch_input_shape,
  ]);
  const shape = [...said, config.build_input_shape].find((value) => Array.isArray(value));
  const taken = new Set(layers.map(({ name }) => name));
  let name = `${first.name}_input`;
  while (taken.has(name)) name += '_';
  const dtype = first.config.batch_input_shape === undefined ? undefined : first.config.dtype;
  return {
    name,
    className: 'InputLayer',
    module: null,
    registeredName: null,
    config: { ...(shape && { batch_shape: shape }), ...(typeof dtype === 'string' && { dtype }) },
    calls: [],
    builtFor: null,
    sharedAs: null,
    inner: null,
  };
}
