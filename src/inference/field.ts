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
 * @param before what the layers that feed it see, the widest of it
 */
export function receptiveField(layer: LayerDeclaration, result: Inferred, before: ReceptiveField | null): Seen {
  const axes = result.output.shape.slice(1, -1);
  if (layer.role === 'input') {
    const spatial = SIDES[axes.length] !== undefined;
    const ones = axes.map(() => 1);
    return { field: spatial ? { size: ones, jump: ones, extent: axes } : null, derivations: [] };
  }
  if (!before || !result.window) return { field: before, derivations: [] };
  const { window } = result;
  if (window === 'global') return { field: { ...before, size: before.extent }, derivations: [] };
  // A window over other axes than the input's: after a reshape, what a unit sees is no box any more.
  if (window.kernel.length !== before.size.length) return { field: null, derivations: [] };
  const grown = (SIDES[window.kernel.length] ?? []).map(([side, index], axis) => {
    const dilation = window.dilation[axis] ?? 1;
    const formula =
      dilation === 1
        ? `r_${index} + (F_${index} − 1)·j_${index}`
        : `r_${index} + D_${index}·(F_${index} − 1)·j_${index}`;
    const values = {
      [`r_${index}`]: before.size[axis] ?? 1,
      [`j_${index}`]: before.jump[axis] ?? 1,
      [`F_${index}`]: window.kernel[axis] ?? 1,
      [`D_${index}`]: dilation,
    };
    return derive(`${side} of the input that one value sees`, formula, values);
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

/** The one that sees more. */
export function wider(a: ReceptiveField | null, b: ReceptiveField | null): ReceptiveField | null {
  if (!a || !b) return a ?? b;
  const [one, other] = [a.size[0] ?? 0, b.size[0] ?? 0];
  return !isKnown(other) || (isKnown(one) && other > one) ? b : a;
}
