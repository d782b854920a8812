/** What goes into the calls of a file's layers, and what of them is taken. */
import type { Json } from '@/document';
import { tensorPlace } from '@/layers';
import { type Call, ImportError, type ImportedModel, isObject, type Port, type Reference, referenceKey } from './model';

export const callKey = (layer: string, call: number): string => JSON.stringify([layer, call]);

/** For every call of a layer the shapes of what is taken of it, by tensor. */
export function outputShapes({ layers, outputs, shapes }: ImportedModel): Map<string, (Json[] | undefined)[]> {
  const found = new Map<string, (Json[] | undefined)[]>();
  const note = (reference: Reference): void => {
    const key = callKey(reference.layer, reference.call);
    const list = found.get(key) ?? [];
    if (reference.tensor > 1000) throw new ImportError(`“${reference.layer}” has no output ${reference.tensor + 1}.`);
    while (list.length <= reference.tensor) list.push(undefined);
    list[reference.tensor] = shapes.get(referenceKey(reference)) ?? list[reference.tensor];
    found.set(key, list);
  };
  for (const { calls } of layers) for (const { tensors } of calls) for (const tensor of tensors) note(tensor);
  for (const { reference } of outputs) note(reference);
  return found;
}

/** Which tensor of a call goes to each input of a model; null where they do not fit. */
export function argumentsOf({ inputs }: ImportedModel, { args, kwargs, tensors }: Call): number[] | null {
  const [only] = args;
  const named = args.length === 1 && isObject(only) && tensorPlace(only) === null ? only : null;
  if (named && inputs.every(({ name }) => name !== null && name in named)) {
    const places = inputs.map(({ name }) => tensorPlace(named[name as string]));
    return places.every((place) => place !== null) ? places : null;
  }
  const given = Object.values(kwargs).some((value) => tensorPlace(value) !== null);
  return !given && tensors.length === inputs.length
    ? tensors.map((_, at) => at)
    : byName(inputs, kwargs, tensors.length);
}

/** A model called with `inputs=` alone. */
function byName(inputs: readonly Port[], { inputs: given }: Record<string, Json>, tensors: number): number[] | null {
  const list = Array.isArray(given) ? given : [given ?? null];
  return given !== undefined && list.length === inputs.length && tensors === inputs.length
    ? list.map((_, at) => at)
    : null;
}
