/** Hyperparameters that every layer with weights shares, and their Keras spelling. */
import type { Json } from '@/document';
import type { Weight } from '../declaration';
import type { Dim } from '../dimension';
import { INITIALIZERS, type Initializer } from '../initializers';
import {
  inKeras,
  type KerasCodec,
  type ParamSpec,
  type Penalty,
  penalty,
  settingsOf,
  typeOf,
  type Variant,
  type Variants,
  variant,
} from '../params';
import { CONSTRAINTS } from './constraints';

type Object_ = { [key: string]: Json };

const objectOf = (json: Json | undefined): Object_ | null =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? json : null;

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** As Keras serialises an initialiser or a constraint; a bare word where that says it all. */
function kerasVariant(variants: Variants, module: string): KerasCodec<Variant | null> {
  const entries = Object.entries(variants);
  return {
    write(value) {
      if (value === null) return null;
      const facts = variants[typeOf(value)];
      if (!facts) throw new Error(`no variant ${typeOf(value)}`);
      if (typeof value === 'string' && facts.keras.word !== undefined) return facts.keras.word;
      const config = Object.fromEntries(
        Object.entries(settingsOf(variants, value)).map(([name, setting]) => [snakeCase(name), setting]),
      );
      return { module, class_name: facts.keras.className, config, registered_name: null };
    },
    read(json) {
      if (json === null) return null;
      const word = typeof json === 'string' ? json : undefined;
      const given = objectOf(json);
      const name = word ?? given?.class_name;
      const found = entries.find(
        ([, { keras }]) =>
          keras.word === name ||
          keras.className === name ||
          keras.className.toLowerCase() === String(name).toLowerCase(),
      );
      if (!found) return undefined;
      const [type, facts] = found;
      const config = objectOf(given?.config) ?? {};
      const settings: Object_ = {};
      for (const key of Object.keys(facts.settings ?? {})) {
        const setting = config[snakeCase(key)];
        if (setting !== undefined && setting !== null) settings[key] = renamed(setting);
      }
      return Object.keys(settings).length === 0 ? type : { type, ...settings };
    },
  };
}

/** TensorFlow.js and the first Keras call VarianceScaling's truncated normal distribution plainly normal. */
const renamed = (setting: Json): Json => (setting === 'normal' ? 'truncated_normal' : setting);

const asInitializer = kerasVariant(INITIALIZERS, 'keras.initializers') as KerasCodec<Initializer>;

type InitializerName = keyof typeof INITIALIZERS;

export const initializer = (
  label: string,
  fallback: InitializerName | Exclude<Initializer, string>,
): ParamSpec<Initializer> =>
  inKeras(
    variant<Initializer>({
      label,
      help: 'The values the weights begin with.',
      default: fallback,
      variants: INITIALIZERS,
      advanced: true,
    }),
    asInitializer,
  );

const L1L2: KerasCodec<Penalty> = {
  write: ({ l1, l2 }) =>
    l1 === 0 && l2 === 0
      ? null
      : { module: 'keras.regularizers', class_name: 'L1L2', config: { l1, l2 }, registered_name: null },
  read(json) {
    if (json === null) return { l1: 0, l2: 0 };
    const given = objectOf(json);
    const name = String(given?.class_name ?? json).toLowerCase();
    const { l1, l2 } = objectOf(given?.config) ?? {};
    // Keras's default strength is 0.01.
    if (name === 'l1') return { l1: l1 ?? 0.01, l2: 0 };
    if (name === 'l2') return { l1: 0, l2: l2 ?? 0.01 };
    if (name === 'l1l2' || name === 'l1_l2') return { l1: l1 ?? 0, l2: l2 ?? 0 };
    return undefined;
  },
};

export const regularizer = (label: string): ParamSpec<Penalty> =>
  inKeras(
    penalty({ label, help: 'Adds λ₁·Σ|w| + λ₂·Σw² to the loss, which keeps the weights small.', advanced: true }),
    L1L2,
  );

export const constraint = (label: string): ParamSpec<Variant | null> =>
  inKeras(
    variant<Variant | null>({
      label,
      help: 'What the weights are brought back to after each update.',
      default: null,
      variants: CONSTRAINTS,
      advanced: true,
    }),
    kerasVariant(CONSTRAINTS, 'keras.constraints'),
  );

type Settings<K extends string> = { [P in `${K}Initializer`]: ParamSpec<Initializer> } & {
  [P in `${K}Regularizer`]: ParamSpec<Penalty>;
} & { [P in `${K}Constraint`]: ParamSpec<Variant | null> };

/** The three hyperparameters of a weight: `weightParams('kernel', 'Kernel', 'glorotUniform')` gives `kernelInitializer`… */
export const weightParams = <K extends string>(
  key: K,
  label: string,
  fallback: Parameters<typeof initializer>[1],
): Settings<K> =>
  ({
    [`${key}Initializer`]: initializer(`${label} initialiser`, fallback),
    [`${key}Regularizer`]: regularizer(`${label} penalty`),
    [`${key}Constraint`]: constraint(`${label} constraint`),
  }) as Settings<K>;

/**
 * A trained weight whose settings stand in the hyperparameters under `key` (`kernel` unless the name says otherwise).
 * @param symbols of each size, for the arithmetic
 */
export function weightOf(
  name: string,
  shape: readonly Dim[],
  symbols: readonly string[],
  params: Readonly<Record<string, unknown>>,
  key = name,
): Weight {
  return {
    name,
    shape,
    symbols,
    initializer: params[`${key}Initializer`] as Initializer,
    penalty: params[`${key}Regularizer`] as Penalty,
    constraint: params[`${key}Constraint`] as Variant | null,
    trainable: true,
  };
}
