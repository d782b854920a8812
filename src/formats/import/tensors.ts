/** Operations that take a tensor apart or lay it out anew, as layers. Shapes have the batch first. */
import type { Json } from '@/document';
import { isObject, type JsonObject } from './model';
import type { AsLayer } from './operations';

/** `x[:, 2:5]`, `x[:, -1]`: one axis is cut, all others stay whole. */
export function partOf(index: Json, x: Json, shape: readonly Json[] | null): AsLayer | null {
  if (!shape) return null;
  const indices = Array.isArray(index) ? index : [index];
  const cut = indices.flatMap((given, axis) => (isWhole(given) ? [] : [axis]));
  const [axis] = cut;
  // The first axis are the samples. What is no slice and no number may add axes, or stand for several.
  if (axis === undefined || axis === 0 || cut.length > 1 || indices.length > shape.length) return null;
  const given = indices[axis];
  if (typeof given === 'number') {
    return shape.length > 2 ? sliced({ axis, start: given, size: 1, drop_axis: true }, x) : null;
  }
  const bounds = boundsOf(given);
  if (!bounds) return null;
  const { start, stop } = bounds;
  const length = shape[axis];
  // Of an axis of unknown length there may be less than is asked for: all but the first, or the last one, there is.
  if (typeof length !== 'number') return stop === null && start >= -1 ? sliced({ axis, start, size: null }, x) : null;
  const from = start < 0 ? Math.max(0, length + start) : start;
  const to = stop === null ? length : Math.min(length, stop < 0 ? length + stop : stop);
  return to > from ? sliced({ axis, start: from, size: stop === null ? null : to - from }, x) : null;
}

const sliced = (config: JsonObject, x: Json): AsLayer => ({ className: 'Slice', config, args: [x] });

const boundsOf = (given: Json | undefined): { start: number; stop: number | null } | null => {
  if (!isObject(given) || given.class_name !== '__slice__' || !isObject(given.config)) return null;
  const { start, stop, step } = given.config;
  const plain = [start, stop].every((value) => value == null || Number.isInteger(value));
  if (!plain || (step != null && step !== 1)) return null;
  return { start: Number(start ?? 0), stop: typeof stop === 'number' ? stop : null };
};

function isWhole(given: Json): boolean {
  const bounds = boundsOf(given);
  return bounds?.start === 0 && bounds.stop === null;
}

/** Another shape with the same samples. */
export function withShape(name: string, config: JsonObject, x: Json, shape: readonly Json[] | null): AsLayer | null {
  if (!shape) return null;
  const target = name === 'Reshape' ? reshaped(config.newshape, shape) : withAxis(name, config.axis, shape);
  const sizes = target?.map((size) => (typeof size === 'number' ? size : -1)) ?? [];
  // Of several unknown sizes none can be worked out.
  if (sizes.length === 0 || sizes.filter((size) => size === -1).length > 1) return null;
  return { className: 'Reshape', config: { target_shape: sizes }, args: [x] };
}

/** The sizes without the batch, where the first size asked for is the batch for certain. */
function reshaped(given: Json | undefined, shape: readonly Json[]): readonly Json[] | null {
  const [first, ...rest] = Array.isArray(given) ? given : [];
  const product = (sizes: readonly Json[]): number => sizes.reduce<number>((a, b) => a * Number(b ?? Number.NaN), 1);
  const same = product(rest) === product(shape.slice(1));
  return first === -1 && same && rest.every((size) => Number(size) > 0) ? rest : null;
}

function withAxis(name: string, given: Json | undefined, shape: readonly Json[]): readonly Json[] | null {
  if (typeof given !== 'number') return null;
  const adds = name === 'ExpandDims';
  const axis = given < 0 ? given + shape.length + (adds ? 1 : 0) : given;
  if (axis < 1) return null;
  if (adds) return [...shape.slice(1, axis), 1, ...shape.slice(axis)];
  return shape[axis] === 1 ? shape.filter((_, at) => at !== axis).slice(1) : null;
}

/** Zeros around the places of a sequence, an image or a volume. */
export function withMargins({ pad_width: given, mode }: JsonObject, x: Json): AsLayer | null {
  const widths = (Array.isArray(given) ? given : []).map((pair) => (Array.isArray(pair) ? pair.map(Number) : []));
  const places = widths.slice(1, -1);
  const outer = [widths[0], widths.at(-1)].every((pair) => pair?.length === 2 && pair.every((width) => width === 0));
  const plain = places.every(
    (pair) => pair.length === 2 && pair.every((width) => Number.isInteger(width) && width >= 0),
  );
  if (mode !== 'constant' || !outer || !plain || places.length < 1 || places.length > 3) return null;
  const padding = places.length === 1 ? (places[0] ?? []) : places;
  return { className: `ZeroPadding${places.length}D`, config: { padding }, args: [x] };
}
