/**
 * Padding masks that travel with their tensors, as in Keras 3. tfjs hands a layer the mask of its first input
 * only, and goes on handing it to layers that have nothing to do with it.
 */
import { dispose, keep, Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;
type Apply = Layer['apply'];

const masks = new WeakMap<Tensor, Tensor>();

/** The mask of a tensor that a layer gave: 0 where a step is padding. */
export const maskOf = (tensor: Tensor): Tensor | null => masks.get(tensor) ?? null;

/** The masks of a pass under way, for those who ask for them after it; null where nobody does. */
let kept: Set<Tensor> | null = null;

/**
 * Does something with a network; masks that its layers give stay until they are released. Otherwise a model gives up
 * all that its pass does not return.
 */
export function keepingMasks<T>(work: () => T): { result: T; release(): void } {
  const before = kept;
  const masks = new Set<Tensor>();
  kept = masks;
  try {
    return { result: work(), release: () => dispose([...masks]) };
  } finally {
    kept = before;
  }
}

const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** One for each output, or one for all; tfjs says null where there is no mask, whatever the type. */
const masksAfter = (layer: Layer, tensors: Tensor[], known: (Tensor | null)[]): (Tensor | null)[] => {
  if (!layer.supportsMasking) return [];
  const one = tensors.length === 1;
  const found = layer.computeMask(
    one ? (tensors[0] as Tensor) : tensors,
    (one ? known[0] : known) as Tensor | Tensor[],
  ) as Tensor | (Tensor | null)[] | null;
  return listOf<Tensor | null>(found);
};

let carried = false;

/** Lets every layer, tfjs's own too, see the mask of its own first input and pass masks on by `computeMask`. */
export function carryMasks(): void {
  if (carried) return;
  carried = true;
  const prototype = layers.Layer.prototype;
  const { apply } = prototype;
  prototype.apply = function (this: Layer, inputs: Parameters<Apply>[0], kwargs?: Parameters<Apply>[1]) {
    const tensors = listOf<unknown>(inputs);
    if (!tensors.every((tensor) => tensor instanceof Tensor)) return apply.call(this, inputs, kwargs);
    const known = tensors.map(maskOf);
    const { mask: _, ...rest } = kwargs ?? {};
    const outputs = apply.call(this, inputs, { ...rest, ...(known[0] && { mask: known[0] }) });
    const after = masksAfter(this, tensors, known);
    for (const [at, output] of listOf(outputs).entries()) {
      const mask = after.length > 1 ? after[at] : after[0];
      if (!mask || !(output instanceof Tensor)) continue;
      masks.set(output, mask);
      kept?.add(keep(mask));
    }
    return outputs;
  } as Apply;
}
