/** How much of the network's input one value of a layer depends on. */
import { type Derivation, derive, type Inferred, isKnown, type LayerDeclaration } from '@/layers';
import type { ReceptiveField } from './types';

/** A receptive field with how it came about. */
interface Seen {
  field: ReceptiveField | null;
  derivations: readonly Derivation[];
}

/** What the spatial axes of a sequence, an image and a volume are called. */
const SIDES: Readonly<Record<number, readonly [name: string, index: string][]>> = {
  1: [['Length', 't']],
  2: [
    ['Height', 'h'],
    ['Width', 'w'],
  ],
  3: [
    ['Depth', 'l'],
    ['Height', 'h'],
    ['Width', 'w'],
  ],
};

/**
 * Araujo, Norris & Sim 2019: the size grows by (reach − 1)·jump, the jump by the stride.
 * @param inputs what the layers that feed it see
 */
export function receptiveField(
  layer: LayerDeclaration,
  result: Inferred,
  inputs: readonly (ReceptiveField | null)[],
): Seen {
  const axes = result.output.shape.slice(1, -1);
  if (layer.role === 'input') {
    const spatial = SIDES[axes.length] !== undefined;
    const ones = axes.map(() => 1);
    return { field: spatial ? { size: ones, jump: ones, extent: axes } : null, derivations: [] };
  }
  const before = widest(inputs);
  if (!before || !result.window) return { field: before, derivations: [] };
  const { window } = result;
  if (window === 'global') return { field: { ...before, size: before.extent }, derivations: [] };
  // A window over other axes than the input's: after a reshape, what a unit sees is no box any more.
  if (window.kernel.length !== before.size.length) return { field: null, derivations: [] };
  const grown = (SIDES[window.kernel.length] ?? []).map(([side, index], axis) => {
    const values = {
      r: before.size[axis] ?? 1,
      j: before.jump[axis] ?? 1,
      F: window.kernel[axis] ?? 1,
      D: window.dilation[axis] ?? 1,
    };
    const formula =
      values.D === 1
        ? `r_${index} + (F_${index} − 1)·j_${index}`
        : `r_${index} + D_${index}·(F_${index} − 1)·j_${index}`;
    const named = Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}_${index}`, value]));
    return derive(`${side} of the input that one value sees`, formula, named);
  });
  const size = grown.map(({ result: reach }, axis) => {
    const extent = before.extent[axis] ?? 1;
    return isKnown(reach) && isKnown(extent) ? Math.min(reach, extent) : reach;
  });
  const field: ReceptiveField = {
    size,
    jump: before.jump.map((jump, axis) => jump * (window.strides[axis] ?? 1)),
    extent: before.extent,
  };
  // Where the window reaches past the input, the input is all there is to see, and no formula is needed.
  return { field, derivations: grown.filter(({ result: reach }, axis) => reach === size[axis]) };
}

function widest(fields: readonly (ReceptiveField | null)[]): ReceptiveField | null {
  let best: ReceptiveField | null = null;
  for (const field of fields) {
    if (!field) continue;
    const [size, other] = [field.size[0] ?? 0, best?.size[0] ?? 0];
    if (!best || !isKnown(size) || (isKnown(other) && size > other)) best = field;
  }
  return best;
}
