/** A Keras model written out: as Keras 3 saves it, and as TensorFlow.js reads it. */
import type { Json } from '@/document';
import { innerOf, tensorPlace } from '@/layers';
import type { KerasLayer, KerasModel, KerasTensor } from './types';

type JsonObject = { [key: string]: Json };

const KERAS_VERSION = '3.15.1';
const TFJS_VERSION = '4.22.0';

const outputsOf = ({ layers }: KerasModel): Map<string, (number | null)[][]> =>
  new Map(layers.map(({ name, outputs }) => [name, outputs]));

/** With the batch in the inputs' shapes, where it has to be known. */
function withBatch(model: KerasModel): KerasModel {
  const { batchSize } = model;
  if (batchSize === undefined) return model;
  const layers = model.layers.map((layer) => {
    const shape = layer.config.batch_shape;
    if (!Array.isArray(shape)) return layer;
    return { ...layer, config: { ...layer.config, batch_shape: [batchSize, ...shape.slice(1)] } };
  });
  return { ...model, layers };
}

/** The content of `model.to_json()` in Keras 3: `keras.models.model_from_json` reads it. */
export function toKerasJson(drawn: KerasModel): JsonObject {
  const model = withBatch(drawn);
  const outputs = outputsOf(model);
  const reference = (tensor: KerasTensor): Json => ({
    class_name: '__keras_tensor__',
    config: {
      shape: outputs.get(tensor.layer)?.[tensor.tensor] ?? [],
      dtype: 'float32',
      keras_history: [tensor.layer, tensor.call, tensor.tensor],
    },
  });
  const triple = ({ layer, call, tensor }: KerasTensor): Json => [layer, call, tensor];
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name: model.name,
      trainable: true,
      layers: model.layers.map((layer) => ({
        module: layer.foreign ? layer.foreign.module : layer.custom ? null : (layer.module ?? 'keras.layers'),
        class_name: layer.className,
        config: configOf(layer),
        registered_name: layer.foreign?.registeredName ?? registeredName(layer),
        name: layer.name,
        inbound_nodes: layer.calls.map((tensors, at) => callArguments(layer, at, tensors.map(reference))),
      })),
      input_layers: model.inputs.map(triple),
      output_layers: model.outputs.map(triple),
    },
    registered_name: 'Functional',
    keras_version: KERAS_VERSION,
    backend: 'tensorflow',
  };
}

/** Keras looks its own layers up by their class, what it keeps elsewhere and what is ours by a name. */
const registeredName = ({ className, custom, module }: KerasLayer): string | null =>
  custom ? `tensorloom>${className}` : module === undefined ? null : className;

/** What is not ours is written as it came, but for what may have changed here. */
function configOf(layer: KerasLayer): JsonObject {
  const { config, foreign, name, trainable } = layer;
  if (!foreign) return { ...named(layer), ...config };
  return { ...config, name, ...('trainable' in config && { trainable }) };
}

/** Keras's spatial dropouts refuse the setting that all its other layers have. */
const named = ({ name, className, trainable }: KerasLayer): JsonObject =>
  /^SpatialDropout\dD$/.test(className) ? { name } : { name, trainable };

/** A call as Keras 3 records it. */
function callArguments({ takes, ports, callOptions, written }: KerasLayer, at: number, tensors: Json[]): JsonObject {
  const words = written?.[at];
  if (words) return { args: filledIn(words.args, tensors), kwargs: filledIn(words.kwargs, tensors) };
  const kwargs: JsonObject = { ...callOptions?.[at] };
  if (takes === 'list') return { args: [tensors], kwargs };
  if (takes === 'arguments') return { args: tensors, kwargs };
  const args: Json[] = [];
  for (const [at, tensor] of tensors.entries()) {
    const keyword = takes[ports[at] ?? ''];
    if (keyword === undefined) args.push(tensor);
    else if (Object.hasOwn(kwargs, keyword)) kwargs[keyword] = [kwargs[keyword] ?? null, tensor].flat();
    else kwargs[keyword] = tensor;
  }
  return { args, kwargs };
}

/** Arguments with the tensors in their places. */
function filledIn(words: Json, tensors: readonly Json[]): Json {
  if (typeof words !== 'object' || words === null) return words;
  if (Array.isArray(words)) return words.map((word) => filledIn(word, tensors));
  const tensor = tensorPlace(words);
  if (tensor !== null) return tensors[tensor] ?? null;
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, filledIn(word, tensors)]));
}

/** The `modelTopology` of a tfjs layers model: Keras 2's form, which `tf.loadLayersModel` reads. */
export function toTfjsTopology(drawn: KerasModel): JsonObject {
  const model = withBatch(drawn);
  const outputs = outputsOf(model);
  const triple = ({ layer, call, tensor }: KerasTensor): Json => [layer, call, tensor];
  return {
    class_name: 'Model',
    config: {
      name: model.name,
      layers: model.layers
        .map((layer) => toldApart(forTfjs(layer, outputs)))
        .flatMap(withoutDoubles)
        .map((layer) => ({
          name: layer.name,
          class_name: layer.className,
          config: { name: layer.name, trainable: layer.trainable, ...tfjsConfig(layer), ...portsOf(layer) },
          inbound_nodes: layer.calls.map((tensors, at) =>
            tensors.map(({ layer: from, call, tensor }) => [from, call, tensor, kwargsOf(layer, at)]),
          ),
        })),
      input_layers: model.inputs.map(triple),
      output_layers: model.outputs.map(triple),
    },
    keras_version: `tfjs-layers ${TFJS_VERSION}`,
    backend: 'tensor_flow.js',
  };
}

/** What Keras lets pass and stock tfjs does not: flattening what is flat, and axes counted from the end. */
function forTfjs(layer: KerasLayer, outputs: ReadonlyMap<string, (number | null)[][]>): KerasLayer {
  const { axis } = layer.config;
  const [output = []] = layer.outputs;
  if (layer.className === 'Concatenate' && typeof axis === 'number' && axis < -1) {
    return { ...layer, config: { ...layer.config, axis: output.length + axis } };
  }
  const source = layer.calls[0]?.[0];
  const rank = outputs.get(source?.layer ?? '')?.[source?.tensor ?? 0]?.length;
  if (layer.className === 'Flatten' && rank === 2) {
    return { ...layer, className: 'Reshape', config: { target_shape: output.slice(1) } };
  }
  if (rank === 3 && layer.className === 'TimeDistributed' && innerOf(layer.config)?.className === 'Flatten') {
    const inner = { class_name: 'Reshape', config: { name: 'flatten', target_shape: output.slice(2) } };
    return { ...layer, config: { ...layer.config, layer: inner } };
  }
  return layer;
}

const optionsAt = ({ callOptions }: KerasLayer, call: number): JsonObject => callOptions?.[call] ?? {};

const unlikeFirst = (layer: KerasLayer, call: number): boolean =>
  JSON.stringify(optionsAt(layer, call)) !== JSON.stringify(optionsAt(layer, 0));

/**
 * tfjs hands a layer nothing but tensors. A call with other options than the first is told by one tensor more: what
 * goes into the first call.
 */
function toldApart(layer: KerasLayer): KerasLayer {
  const sign = layer.calls[0]?.[0];
  if (!sign || !layer.callOptions) return layer;
  return { ...layer, calls: layer.calls.map((tensors, at) => (unlikeFirst(layer, at) ? [...tensors, sign] : tensors)) };
}

/** For readers of the file: what such a call would be told, and which of its tensors is only a sign. */
const kwargsOf = (layer: KerasLayer, call: number): JsonObject =>
  unlikeFirst(layer, call) ? { ...optionsAt(layer, call), sign: (layer.calls[call]?.length ?? 1) - 1 } : {};

/**
 * Where one tensor comes twice into the same call, tfjs counts both uses and gives it up too early; the
 * second use gets a copy.
 */
function withoutDoubles(layer: KerasLayer): KerasLayer[] {
  const copies: KerasLayer[] = [];
  const { callOptions: _options, ...bare } = layer;
  const calls = layer.calls.map((tensors) =>
    tensors.map((tensor, at) => {
      const first = tensors.findIndex((other) => sameTensor(other, tensor));
      if (first === at) return tensor;
      const name = `${layer.name}_copy_${copies.length + 1}`;
      copies.push({
        ...bare,
        name,
        className: 'Activation',
        config: { activation: 'linear' },
        calls: [[tensor]],
        ports: ['in'],
      });
      return { layer: name, call: 0, tensor: 0 };
    }),
  );
  return copies.length === 0 ? [layer] : [...copies, { ...layer, calls }];
}

const sameTensor = (a: KerasTensor, b: KerasTensor): boolean =>
  a.layer === b.layer && a.call === b.call && a.tensor === b.tensor;

/** tfjs hands a layer its tensors in one list; those that may be left out can only be told apart by name. */
const portsOf = ({ ports }: KerasLayer): JsonObject => (new Set(ports).size > 1 ? { ports } : {});

/** Where tfjs spells a setting unlike Keras 3. */
function tfjsConfig({
  className,
  config,
  callOptions,
}: Pick<KerasLayer, 'className' | 'config' | 'callOptions'>): JsonObject {
  const { batch_shape: batchShape, negative_slope: slope, ...rest } = config;
  const renamed: JsonObject = {
    ...rest,
    // tfjs has no arguments besides tensors, so they are settings there.
    ...callOptions?.[0],
    ...(batchShape !== undefined && { batch_input_shape: batchShape }),
    ...(slope !== undefined && { alpha: slope }),
  };
  if (className === 'Dropout') {
    delete renamed.seed;
    if (renamed.noise_shape === null) delete renamed.noise_shape;
  }
  const inner = innerOf(renamed);
  if (inner) renamed.layer = { ...(renamed.layer as JsonObject), config: tfjsConfig(inner) };
  for (const [key, value] of Object.entries(renamed)) {
    if (key.endsWith('_regularizer') && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { class_name, config: settings } = value;
      renamed[key] = { class_name: class_name ?? null, config: settings ?? null };
    }
  }
  return renamed;
}
