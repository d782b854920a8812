/**
 * The vocabulary of hyperparameters. A layer declares its own in these words; the inspector draws
 * them, documents are checked against them, and TypeScript infers what `params.filters` is.
 */
import type { Json } from '@/document';

interface Common {
  label: string;
  /** One sentence on what it does. */
  help: string;
  /** The letter papers use for it, as in this layer's formulas. */
  symbol?: string;
  /** Shown under "more" in the inspector. */
  advanced?: boolean;
}

/** How a value is edited. `T` is what the layer's rule receives. */
export type ParamEditor =
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'real'; min: number; max: number; step: number }
  | { kind: 'flag' }
  | { kind: 'choice'; options: readonly { value: string; label: string }[] }
  | { kind: 'pair'; min: number; max: number; optional?: boolean }
  | { kind: 'shape'; optional: boolean }
  | { kind: 'field' }
  | { kind: 'penalty' };

export interface ParamSpec<T = unknown> extends Common {
  editor: ParamEditor;
  default: T;
  /** The typed value, or a sentence that says what is wrong with it. */
  read(value: Json): { value: T } | { error: string };
}

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamsOf<S extends ParamSpecs> = { [K in keyof S]: S[K] extends ParamSpec<infer T> ? T : never };

type Options<T> = Partial<Common> & { label: string; default: T };

const spec = <T>(
  { label, help = '', symbol, advanced, default: fallback }: Options<T>,
  editor: ParamEditor,
  read: ParamSpec<T>['read'],
): ParamSpec<T> => ({
  label,
  help,
  ...(symbol !== undefined && { symbol }),
  ...(advanced !== undefined && { advanced }),
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
  options: Omit<Options<NoInfer<V>>, 'default'> & { default: NoInfer<V>; options: Readonly<Record<V, string>> },
): ParamSpec<V> {
  const values = Object.keys(options.options) as V[];
  const list = values.map((value) => ({ value, label: options.options[value] }));
  return spec<V>(options, { kind: 'choice', options: list }, (value) => {
    const found = values.find((candidate) => candidate === value);
    return found === undefined ? { error: `${options.label} must be one of ${values.join(', ')}.` } : { value: found };
  });
}

export type Pair = readonly [number, number];

/** Height and width; a single number stands for both. */
export function pair({
  min,
  max = 100_000,
  ...options
}: Options<Pair> & { min: number; max?: number }): ParamSpec<Pair> {
  const fits = (value: Json | undefined): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return spec(options, { kind: 'pair', min, max }, (value) => {
    if (fits(value)) return { value: [value, value] };
    if (Array.isArray(value) && value.length === 2) {
      const [height, width] = value;
      if (fits(height) && fits(width)) return { value: [height, width] };
    }
    return { error: `${options.label} must be one or two whole numbers, ${range(min, max)}.` };
  });
}

/** As `pair`, or null for "as another hyperparameter says". */
export function optionalPair({
  default: fallback,
  ...options
}: Options<Pair | null> & { min: number; max?: number }): ParamSpec<Pair | null> {
  const inner = pair({ ...options, default: [1, 1] });
  const editor: ParamEditor = inner.editor.kind === 'pair' ? { ...inner.editor, optional: true } : inner.editor;
  return { ...inner, editor, default: fallback, read: (value) => (value === null ? { value } : inner.read(value)) };
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
