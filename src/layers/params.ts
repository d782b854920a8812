/**
 * The vocabulary of hyperparameters. A layer declares its own in these words; the inspector draws
 * them, documents are checked against them, and TypeScript infers what `params.filters` is.
 */
import type { Json } from '@/document';
import type { LayerDeclaration } from './declaration';

interface Common {
  label: string;
  /** One sentence on what it does. */
  help: string;
  /** The letter papers use for it, as in this layer's formulas. */
  symbol?: string;
  /** Shown under "more" in the inspector. */
  advanced?: boolean;
  /** What a field left empty stands for, in a word or two. */
  empty?: string;
  /** It only has a meaning where another hyperparameter has one of these values; else it is not shown. */
  onlyWhere?: { param: string; is: readonly Json[] };
}

/** How a value is edited. `T` is what the layer's rule receives. */
export type ParamEditor =
  | { kind: 'integer'; min: number; max: number; optional?: boolean }
  | { kind: 'real'; min: number; max: number; step: number; optional?: boolean }
  | { kind: 'flag' }
  | { kind: 'choice'; options: readonly { value: string; label: string; tex?: string }[] }
  /** One whole number for each spatial axis. */
  | { kind: 'sizes'; axes: number; min: number; max: number; optional?: boolean }
  /** Before and after each spatial axis. */
  | { kind: 'margins'; axes: number }
  | { kind: 'integers'; min: number; max: number }
  | { kind: 'reals'; min: number; max: number; optional?: boolean }
  | { kind: 'text' }
  | { kind: 'variant'; variants: Variants; optional: boolean }
  /** A layer with settings of its own. */
  | { kind: 'layer'; layers: readonly LayerDeclaration[] }
  /** Kept as it is; not edited. */
  | { kind: 'json' }
  | { kind: 'shape'; optional: boolean }
  | { kind: 'field'; optional?: boolean }
  | { kind: 'penalty' };

export interface ParamSpec<T = unknown> extends Common {
  editor: ParamEditor;
  default: T;
  /** The typed value, or a sentence that says what is wrong with it. */
  read(value: Json): { value: T } | { error: string };
  /** Where Keras writes the value otherwise. */
  keras?: KerasCodec<T>;
}

/** A value as Keras writes it, and back; undefined for what has no counterpart. */
export interface KerasCodec<T> {
  // A method, so that a spec of any value type is a ParamSpec.
  write(value: T): Json;
  read(json: Json): Json | undefined;
}

/** Gives a hyperparameter its Keras spelling. */
export const inKeras = <T>(spec: ParamSpec<T>, keras: KerasCodec<T>): ParamSpec<T> => ({ ...spec, keras });

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamsOf<S extends ParamSpecs> = { [K in keyof S]: S[K] extends ParamSpec<infer T> ? T : never };

type Options<T> = Partial<Common> & { label: string; default: T };

const spec = <T>(
  { label, help = '', symbol, advanced, empty, onlyWhere, default: fallback }: Options<T>,
  editor: ParamEditor,
  read: ParamSpec<T>['read'],
): ParamSpec<T> => ({
  label,
  help,
  ...(symbol !== undefined && { symbol }),
  ...(advanced !== undefined && { advanced }),
  ...(empty !== undefined && { empty }),
  ...(onlyWhere !== undefined && { onlyWhere }),
  default: fallback,
  editor,
  read,
});

const LARGEST = 1_000_000_000;

const range = (min: number, max: number): string => (max >= LARGEST ? `${min} or more` : `between ${min} and ${max}`);

export function integer({
  min,
  max = LARGEST,
  ...options
}: Options<number> & { min: number; max?: number }): ParamSpec<number> {
  return spec(options, { kind: 'integer', min, max }, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? { value }
      : { error: `${options.label} must be a whole number, ${range(min, max)}.` },
  );
}

export function real({
  min,
  max = LARGEST,
  step = 0.1,
  below,
  ...options
}: Options<number> & { min: number; max?: number; step?: number; below?: number }): ParamSpec<number> {
  return spec(options, { kind: 'real', min, max: below ?? max, step }, (value) =>
    typeof value === 'number' && value >= min && value <= max && (below === undefined || value < below)
      ? { value }
      : {
          error: `${options.label} must be a number ${below === undefined ? range(min, max) : `from ${min} to below ${below}`}.`,
        },
  );
}

export function flag(options: Options<boolean>): ParamSpec<boolean> {
  return spec(options, { kind: 'flag' }, (value) =>
    typeof value === 'boolean' ? { value } : { error: `${options.label} must be true or false.` },
  );
}

export function choice<const V extends string>(
  options: Omit<Options<NoInfer<V>>, 'default'> & {
    default: NoInfer<V>;
    options: Readonly<Record<V, string>>;
    /** What is computed with a choice, in TeX, for those that are functions. */
    formulas?: Readonly<Partial<Record<NoInfer<V>, string>>>;
  },
): ParamSpec<V> {
  const values = Object.keys(options.options) as V[];
  const list = values.map((value) => {
    const tex: string | undefined = options.formulas?.[value];
    return { value, label: options.options[value], ...(tex !== undefined && { tex }) };
  });
  return spec<V>(options, { kind: 'choice', options: list }, (value) => {
    const found = values.find((candidate) => candidate === value);
    return found === undefined ? { error: `${options.label} must be one of ${values.join(', ')}.` } : { value: found };
  });
}

/** The same hyperparameter, shown only where another has one of these values. */
export const onlyWhere = <T>(param: string, is: readonly Json[], inner: ParamSpec<T>): ParamSpec<T> => ({
  ...inner,
  onlyWhere: { param, is },
});

/** As `integer`, or null for "none". */
export const optionalInteger = (
  options: Omit<Parameters<typeof integer>[0], 'default'> & { default: number | null },
): ParamSpec<number | null> =>
  orNone(integer({ ...options, default: options.default ?? options.min }), options.default);

/** As `real`, or null for "none". */
export const optionalReal = (
  options: Omit<Parameters<typeof real>[0], 'default'> & { default: number | null },
): ParamSpec<number | null> => orNone(real({ ...options, default: options.default ?? options.min }), options.default);

const orNone = <T>({ keras: _, ...inner }: ParamSpec<T>, fallback: T | null): ParamSpec<T | null> => ({
  ...inner,
  editor: { ...inner.editor, optional: true } as ParamEditor,
  default: fallback,
  read: (value) => (value === null ? { value } : inner.read(value)),
});

const wholeBetween =
  (min: number, max: number) =>
  (value: Json | undefined): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

type SizesOptions<T> = Options<T> & { min: number; max?: number };

const COUNTS = ['no', 'one', 'one or two', 'one or three', 'one or four'];

/** One whole number for each of `axes` spatial axes; a single number stands for all. */
export function sizes({
  axes,
  min,
  max = 100_000,
  ...options
}: SizesOptions<readonly number[]> & { axes: number }): ParamSpec<readonly number[]> {
  const fits = wholeBetween(min, max);
  const wanted = axes === 1 ? 'a whole number' : `${COUNTS[axes] ?? axes} whole numbers`;
  return spec(options, { kind: 'sizes', axes, min, max }, (value) => {
    if (fits(value)) return { value: Array.from({ length: axes }, () => value) };
    if (Array.isArray(value) && value.length === axes && value.every(fits)) return { value: value as number[] };
    return { error: `${options.label} must be ${wanted}, ${range(min, max)}.` };
  });
}

/** As `sizes`, or null for "as another hyperparameter says". */
export const optionalSizes = ({
  default: fallback,
  ...options
}: SizesOptions<readonly number[] | null> & { axes: number }): ParamSpec<readonly number[] | null> =>
  orNone(sizes({ ...options, default: [] }), fallback);

export type Pair = readonly [number, number];

/** Height and width; a single number stands for both. */
export const pair = (options: SizesOptions<Pair>): ParamSpec<Pair> =>
  sizes({ ...options, axes: 2 }) as unknown as ParamSpec<Pair>;

/** What is added or cut before and after an axis. */
export type Margin = readonly [before: number, after: number];

/** Before and after each of `axes` spatial axes; a number stands for both sides, a single one for all axes. */
export function margins({
  axes,
  ...options
}: Options<readonly Margin[]> & { axes: number }): ParamSpec<readonly Margin[]> {
  const fits = wholeBetween(0, 100_000);
  const toMargin = (value: Json | undefined): Margin | null => {
    if (fits(value)) return [value, value];
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [before, after] = value;
    return fits(before) && fits(after) ? [before, after] : null;
  };
  return spec(options, { kind: 'margins', axes }, (value) => {
    // One axis alone may also be given as [before, after].
    const given = fits(value)
      ? Array.from({ length: axes }, () => value)
      : axes === 1 && toMargin(value)
        ? [value]
        : value;
    const read = Array.isArray(given) ? given.map(toMargin) : [];
    const valid = read.filter((margin) => margin !== null);
    return read.length === axes && valid.length === axes
      ? { value: valid }
      : { error: `${options.label} must be whole numbers of 0 or more, before and after each axis.` };
  });
}

/** A list of whole numbers, such as axes. */
export function integers({
  min,
  max,
  length,
  ...options
}: Options<readonly number[]> & {
  min: number;
  max: number;
  length?: readonly [least: number, most: number];
}): ParamSpec<readonly number[]> {
  const fits = wholeBetween(min, max);
  const [least, most] = length ?? [1, 64];
  return spec(options, { kind: 'integers', min, max }, (value) => {
    const list = fits(value) ? [value] : value;
    return Array.isArray(list) && list.length >= least && list.length <= most && list.every(fits)
      ? { value: list as number[] }
      : { error: `${options.label} must be a list of whole numbers, each ${range(min, max)}.` };
  });
}

/** A list of numbers, or one number. Null where there is none, if `null` is the default. */
export function reals<T extends readonly number[] | null>({
  min = -LARGEST,
  max = LARGEST,
  length,
  ...options
}: Options<T> & { min?: number; max?: number; length?: readonly [least: number, most: number] }): ParamSpec<T> {
  const [least, most] = length ?? [1, 1_000_000];
  const optional = options.default === null;
  const fits = (value: Json | undefined): value is number =>
    typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
  return spec<T>(options, { kind: 'reals', min, max, optional }, (value) => {
    if (value === null && optional) return { value: null as T };
    const list = fits(value) ? [value] : value;
    return Array.isArray(list) && list.length >= least && list.length <= most && list.every(fits)
      ? { value: list as unknown as T }
      : { error: `${options.label} must be ${most === 1 ? 'a number' : 'a list of numbers'}, ${range(min, max)}.` };
  });
}

/** A short text of a fixed form, such as an einsum equation. */
export function text({
  pattern,
  form,
  ...options
}: Options<string> & { pattern: RegExp /** The form in words, with an example. */; form: string }): ParamSpec<string> {
  return spec(options, { kind: 'text' }, (value) =>
    typeof value === 'string' && value.length <= 1000 && pattern.test(value)
      ? { value }
      : { error: `${options.label} must be ${form}.` },
  );
}

/** Anything, kept as it is: the settings of a layer that is not known here. */
export const json = (options: Options<Json>): ParamSpec<Json> =>
  spec(options, { kind: 'json' }, (value) => ({ value }));

/** One of several ways, some with settings of their own. */
export interface VariantFacts {
  title: string;
  keras: { className: string /** How Keras writes it where a bare word will do. */; word?: string };
  /** In camelCase; Keras names them alike in snake_case. */
  settings?: Readonly<Record<string, VariantSetting>>;
}

export type VariantSetting =
  | { label: string; default: number; min?: number; max?: number }
  | { label: string; default: string; options: readonly string[] };

export type Variants = Readonly<Record<string, VariantFacts>>;

/** A bare word where every setting is at its default. */
export type Variant = string | ({ readonly type: string } & { readonly [setting: string]: string | number });

/** The value's settings, defaults filled in. */
export function settingsOf(variants: Variants, value: Variant): Record<string, number | string> {
  const given: Readonly<Record<string, string | number>> = typeof value === 'string' ? {} : value;
  return Object.fromEntries(
    Object.entries(variants[typeOf(value)]?.settings ?? {}).map(([name, setting]) => [
      name,
      given[name] ?? setting.default,
    ]),
  );
}

export const typeOf = (value: Variant): string => (typeof value === 'string' ? value : value.type);

function settingError(known: VariantSetting, value: Json | undefined): string | null {
  if ('options' in known) {
    return typeof value === 'string' && known.options.includes(value) ? null : `one of ${known.options.join(', ')}`;
  }
  const { min = -LARGEST, max = LARGEST } = known;
  return typeof value === 'number' && value >= min && value <= max ? null : `a number, ${range(min, max)}`;
}

/** A word, or `{ type, …settings }`; null too where it may be left out. */
export function variant<T extends Variant | null>({
  variants,
  ...options
}: Options<T> & { variants: Variants }): ParamSpec<T> {
  const optional = options.default === null;
  return spec<T>(options, { kind: 'variant', variants, optional }, (value) => {
    if (value === null && optional) return { value: null as T };
    const given = typeof value === 'string' ? { type: value } : value;
    const names = Object.keys(variants).join(', ');
    if (typeof given !== 'object' || given === null || Array.isArray(given) || typeof given.type !== 'string') {
      return { error: `${options.label} must be one of ${names}.` };
    }
    const { type, ...settings } = given;
    const facts = Object.hasOwn(variants, type) ? variants[type] : undefined;
    if (!facts) return { error: `${options.label} must be one of ${names}.` };
    for (const [name, setting] of Object.entries(settings)) {
      const known = Object.hasOwn(facts.settings ?? {}, name) ? facts.settings?.[name] : undefined;
      if (!known) return { error: `${facts.title} has no setting “${name}”.` };
      const error = settingError(known, setting);
      if (error !== null) return { error: `${known.label} of ${facts.title} must be ${error}.` };
    }
    const differing = Object.entries(settings).filter(([name, setting]) => setting !== facts.settings?.[name]?.default);
    return { value: (differing.length === 0 ? type : { type, ...Object.fromEntries(differing) }) as T };
  });
}

/** Sizes without the batch; null is an unknown size. */
export type ShapeParam = readonly (number | null)[];

const isSize = (value: Json): value is number | null =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LARGEST);

/** A shape, or null for "as the data set has it". */
export function optionalShape(options: Options<ShapeParam | null>): ParamSpec<ShapeParam | null> {
  return spec(options, { kind: 'shape', optional: true }, (value) => {
    if (value === null) return { value: null };
    if (Array.isArray(value) && value.length <= 8 && value.every(isSize)) return { value: value as (number | null)[] };
    return { error: `${options.label} must be a list of sizes such as 28×28×1; ? stands for any size.` };
  });
}

/** A target shape; a single −1 is worked out from the rest. */
export function targetShape(options: Options<readonly number[]>): ParamSpec<readonly number[]> {
  return spec(options, { kind: 'shape', optional: false }, (value) => {
    const sizes = Array.isArray(value) ? value : [];
    const whole = sizes.filter((size): size is number => typeof size === 'number' && Number.isInteger(size));
    const valid = whole.every((size) => size >= 1 || size === -1) && whole.filter((size) => size === -1).length <= 1;
    return Array.isArray(value) && whole.length === sizes.length && whole.length <= 8 && valid
      ? { value: whole }
      : { error: `${options.label} must be a list of sizes of at least 1; one may be −1, to be worked out.` };
  });
}

/** The name of a field of the data set. */
export function field(options: Options<string>): ParamSpec<string> {
  return spec(options, { kind: 'field' }, (value) =>
    typeof value === 'string' && value !== ''
      ? { value }
      : { error: `${options.label} must name a field of the data set.` },
  );
}

/** The name of a field of the data set; null where there is none. */
export function optionalField(options: Omit<Options<string | null>, 'default'>): ParamSpec<string | null> {
  return spec({ ...options, default: null }, { kind: 'field', optional: true }, (value) =>
    value === null || (typeof value === 'string' && value !== '')
      ? { value }
      : { error: `${options.label} must name a field of the data set, or nothing.` },
  );
}

/** Strengths of the L1 and L2 penalties on a weight. */
export interface Penalty {
  l1: number;
  l2: number;
}

export function penalty(options: Omit<Options<Penalty>, 'default'>): ParamSpec<Penalty> {
  return spec({ ...options, default: { l1: 0, l2: 0 } }, { kind: 'penalty' }, (value) => {
    const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    const { l1 = 0, l2 = 0, ...rest } = given ?? {};
    const valid = typeof l1 === 'number' && typeof l2 === 'number' && l1 >= 0 && l2 >= 0;
    return given && valid && Object.keys(rest).length === 0
      ? { value: { l1, l2 } }
      : { error: `${options.label} must give l1 and l2, each 0 or more.` };
  });
}
