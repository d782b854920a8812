/**
 * Keras 3 writes the padding masks it passes on by itself as operations and keyword arguments. Here, too, layers pass
 * masks on by themselves, so what only makes masks is left out.
 */
import type { Json } from '@/document';
import { tensorPlace } from '@/layers';
import { type Call, type ImportedLayer, type ImportedModel, isObject } from './model';
import { isOperation } from './operations';

/** What a tensor is used for: the layers that take it as a mask, and those that compute with it. */
interface Uses {
  computing: Set<ImportedLayer>;
  asMask: boolean;
}

const MASK = /^(\w+_)?mask$/;

/** Layers that mark padding. */
const marks = ({ className, config }: ImportedLayer): boolean => config.mask_zero === true || className === 'Masking';

export function withoutMasks(model: ImportedModel): ImportedModel {
  if (!model.layers.some(marks)) return model;
  const makers = makersOf(model);
  if (makers.size === 0) return model;
  const names = new Set([...makers].map(({ name }) => name));
  const layers = model.layers
    .filter((layer) => !makers.has(layer))
    .map((layer) => ({ ...layer, calls: layer.calls.map((call) => withoutMask(call, names)) }));
  return { ...model, layers };
}

/** The operations whose results are masks, or lead to masks alone. */
function makersOf({ layers, outputs }: ImportedModel): Set<ImportedLayer> {
  const uses = new Map<string, Uses>(layers.map(({ name }) => [name, { computing: new Set(), asMask: false }]));
  for (const layer of layers) {
    for (const call of layer.calls) {
      const masks = masksOf(call);
      for (const [place, { layer: source }] of call.tensors.entries()) {
        const use = uses.get(source);
        if (masks.has(place)) {
          if (use) use.asMask = true;
        } else use?.computing.add(layer);
      }
    }
  }
  const ends = new Set(outputs.map(({ reference }) => reference.layer));
  const makers = new Set<ImportedLayer>();
  // From the end: an operation may only lead to others that come after it.
  for (let before = -1; before < makers.size; ) {
    before = makers.size;
    for (const layer of [...layers].reverse()) {
      const use = uses.get(layer.name);
      if (!use || !isOperation(layer.module) || ends.has(layer.name) || (!use.asMask && use.computing.size === 0))
        continue;
      if ([...use.computing].every((other) => makers.has(other))) makers.add(layer);
    }
  }
  return makers;
}

/** The places of the tensors that a call takes as masks. */
const masksOf = ({ kwargs }: Call): Set<number> =>
  new Set(
    Object.entries(kwargs).flatMap(([name, value]) => {
      const place = MASK.test(name) && name !== 'attention_mask' ? tensorPlace(value) : null;
      return place === null ? [] : [place];
    }),
  );

/** The call without the masks that these layers made. */
function withoutMask(call: Call, makers: ReadonlySet<string>): Call {
  const gone = new Set([...masksOf(call)].filter((place) => makers.has(call.tensors[place]?.layer ?? '')));
  if (gone.size === 0) return call;
  const kept = call.tensors.flatMap((tensor, place) => (gone.has(place) ? [] : [{ tensor, place }]));
  const renumbered = new Map(kept.map(({ place }, at) => [place, at]));
  const words = Object.entries(call.kwargs).filter(([, value]) => !gone.has(tensorPlace(value) ?? -1));
  return {
    args: call.args.map((arg) => moved(arg, renumbered)),
    kwargs: Object.fromEntries(words.map(([name, value]) => [name, moved(value, renumbered)])),
    tensors: kept.map(({ tensor }) => tensor),
  };
}

function moved(word: Json, places: ReadonlyMap<number, number>): Json {
  const place = tensorPlace(word);
  if (place !== null) return { $tensor: places.get(place) ?? place };
  if (Array.isArray(word)) return word.map((item) => moved(item, places));
  if (!isObject(word)) return word;
  return Object.fromEntries(Object.entries(word).map(([name, item]) => [name, moved(item, places)]));
}
