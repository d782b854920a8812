/** Between a layer's hyperparameters and a Keras config, both ways, from the layer's declaration alone. */
import type { Json } from '@/document';
import type { KerasContext, KerasReading, KerasSpelling, LayerDeclaration } from './declaration';

type Config = Readonly<Record<string, Json>>;

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/([a-z])(\d)$/, '$1$2');

/** The name of a hyperparameter in Keras's config; null where Keras has none. */
function kerasName(layer: LayerDeclaration, param: string): string | null {
  const special = layer.keras?.names?.[param];
  return special === undefined ? snakeCase(param) : special;
}

const copy = (value: unknown): Json => structuredClone(value) as Json;

/**
 * The layer as Keras 3 spells it, without name and trainable.
 * @throws Error for a layer that is no part of a Keras model, such as a loss
 */
export function writeKeras(layer: LayerDeclaration, context: KerasContext<Record<string, unknown>>): KerasSpelling {
  const form = layer.keras;
  if (!form) throw new Error(`${layer.title} has no Keras form`);
  const config: Record<string, Json> = {};
  for (const [param, spec] of Object.entries(layer.params)) {
    const name = kerasName(layer, param);
    if (name === null) continue;
    const value = context.params[param];
    config[name] = spec.keras ? spec.keras.write(value) : copy(value);
  }
  Object.assign(config, form.fixed);
  return form.write?.(context, config) ?? { className: form.className, config };
}

/** The layer inside of another's config, as Keras writes it. */
export function innerOf({ layer }: Config): { className: string; config: { [name: string]: Json } } | null {
  if (typeof layer !== 'object' || layer === null || Array.isArray(layer)) return null;
  const { class_name: className, config } = layer;
  const whole = typeof config === 'object' && config !== null && !Array.isArray(config);
  return typeof className === 'string' && whole ? { className, config } : null;
}

/** What every Keras config holds and no layer's arithmetic depends on. */
const COMMON: ReadonlySet<string> = new Set([
  'name',
  'trainable',
  'dtype',
  'seed',
  'batch_input_shape',
  'batch_shape',
  'build_config',
  'input_spec',
  'autocast',
]);

/** Settings that mean nothing where they are null, false or left empty. */
const isOff = (value: Json | undefined): boolean => value === null || value === false || value === undefined;

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The hyperparameters that a Keras config stands for; only those that differ from the defaults.
 * @param options arguments of the call besides tensors, such as `use_causal_mask`
 */
export function readKeras(
  layer: LayerDeclaration,
  className: string,
  given: Config,
  options: Config = {},
): KerasReading {
  const form = layer.keras;
  if (!form) return { unsupported: `${className} is no part of a model here.` };
  const read = form.read?.(given, className) ?? { config: given };
  if ('unsupported' in read) return read;
  const { config } = read;
  const params: Record<string, Json> = {};
  const known = new Set<string>([...COMMON, ...(form.ignored ?? [])]);
  for (const [param, spec] of Object.entries(layer.params)) {
    const name = kerasName(layer, param);
    if (name === null) continue;
    known.add(name);
    const value = config[name];
    if (value === undefined) continue;
    const translated = spec.keras ? spec.keras.read(value) : value;
    const checked = translated === undefined ? null : spec.read(translated);
    if (translated === undefined || !checked || 'error' in checked) {
      return { unsupported: `Its setting ${name} = ${JSON.stringify(value)} is not known here.` };
    }
    if (!same(copy(checked.value), copy(spec.default))) params[param] = translated;
  }
  for (const [name, wanted] of Object.entries(form.fixed ?? {})) {
    known.add(name);
    const value = config[name];
    if (isOff(value) || same(value as Json, wanted)) continue;
    return { unsupported: `Its setting ${name} = ${JSON.stringify(value)} is not known here.` };
  }
  const unknown = Object.keys(config).find((name) => !known.has(name) && !isOff(config[name]));
  if (unknown !== undefined)
    return { unsupported: `Its setting ${unknown} = ${JSON.stringify(config[unknown])} is not known here.` };
  return withOptions(layer, params, options);
}

/** What only the call says: `training` and masks change nothing of what a layer is. */
const PASSING: ReadonlySet<string> = new Set(['training', 'mask']);

/** Hyperparameters that Keras takes at the call, found by what the declaration would write. */
function withOptions(layer: LayerDeclaration, params: Record<string, Json>, options: Config): KerasReading {
  const expected = layer.keras?.calledWith ?? {};
  const wanted = Object.entries(options).filter(
    ([name, value]) => !PASSING.has(name) && !isOff(value) && !same(expected[name] ?? null, value),
  );
  const found = { ...params };
  for (const [option, value] of wanted) {
    const param = Object.keys(layer.params).find((name) => {
      if (layer.keras?.names?.[name] !== null) return false;
      const defaults = Object.fromEntries(Object.entries(layer.params).map(([key, spec]) => [key, spec.default]));
      const written = layer.keras.callOptions?.({ ...defaults, [name]: value }) ?? {};
      return same(written[option] ?? null, value);
    });
    if (param === undefined)
      return { unsupported: `It is called with ${option} = ${JSON.stringify(value)}, which is not known here.` };
    found[param] = value;
  }
  return { params: found };
}

/**
 * The look-up of layers by their Keras class.
 * @returns takes a class name and the call's arguments besides tensors, which may tell layers of one class apart
 */
export function kerasClasses(
  layers: readonly LayerDeclaration[],
): (className: string, options?: Config) => LayerDeclaration | undefined {
  const byClass = new Map<string, LayerDeclaration[]>();
  for (const layer of layers) {
    for (const name of layer.keras ? [layer.keras.className, ...(layer.keras.also ?? [])] : []) {
      byClass.set(name, [...(byClass.get(name) ?? []), layer]);
    }
  }
  return (className, options = {}) => {
    const found = byClass.get(className) ?? [];
    const calledSo = ({ keras }: LayerDeclaration): boolean =>
      keras?.calledWith !== undefined &&
      Object.entries(keras.calledWith).every(([name, value]) => same(options[name] ?? null, value));
    return found.find(calledSo) ?? found.find(({ keras }) => !keras?.calledWith);
  };
}
