/** How much of the network's input one value of a layer depends on. */
import { type Derivation, type Dim, derive, type Inferred, isKnown, type LayerDeclaration } from '@/layers';
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
 * Araujo, Norris & Sim 2019: the size grows by (reach − 1)·jump, the jump by the stride, and the first unit begins
 * padding·jump further out.
 * @param input what the layers that feed it see, the widest of it
 */
export function receptiveField(layer: LayerDeclaration, result: Inferred, input: ReceptiveField | null): Seen {
  if (layer.role === 'input') return { field: ofInput(result.output.shape.slice(1)), derivations: [] };
  if (!input) return NOTHING;
  if (result.order) return { field: turned(input, result.order), derivations: [] };
  const { window, channels = 'last' } = result;
  if (!window) return { field: input, derivations: [] };
  const before = decided(input, channels);
  if (window === 'global')
    return { field: { ...before, size: before.extent, start: before.start.map(() => 0) }, derivations: [] };
  // A window over other axes than the input's: after a reshape, what a unit sees is no box any more.
  if (window.kernel.length !== before.size.length || channels !== before.channels) return NOTHING;
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
    ...before,
    size,
    jump: before.jump.map((jump, axis) => jump * (window.strides[axis] ?? 1)),
    start: before.start.map((start, axis) => {
      const padding = window.before ? (window.before[axis] ?? null) : 0;
      return start === null || padding === null ? null : start - padding * (before.jump[axis] ?? 1);
    }),
  };
  // Where the window reaches past the input, the input is all there is to see, and no formula is needed; nor is one
  // for a window of one value, which sees what that saw.
  return {
    field,
    derivations: grown.filter(({ result: reach }, axis) => reach === size[axis] && window.kernel[axis] !== 1),
  };
}

const NOTHING: Seen = { field: null, derivations: [] };

/** Each of its values sees itself. Which of its axes are the channels, the first layer that cares will say. */
function ofInput(axes: readonly Dim[]): ReceptiveField | null {
  const extent = axes.slice(0, -1);
  if (!SIDES[extent.length]) return null;
  const ones = extent.map(() => 1);
  return { size: ones, jump: ones, start: extent.map(() => 0), extent, channels: 'last', undecided: axes };
}

function decided(field: ReceptiveField, channels: 'first' | 'last'): ReceptiveField {
  const { undecided, ...rest } = field;
  if (!undecided) return field;
  return { ...rest, channels, extent: channels === 'first' ? undecided.slice(1) : undecided.slice(0, -1) };
}

/** The same with its axes in another order; null where the channels come to stand between the others. */
function turned(field: ReceptiveField, order: readonly number[]): ReceptiveField | null {
  const { undecided, channels, size, jump, start, extent } = field;
  if (order.length !== size.length + 1) return null;
  if (undecided) return ofInput(order.map((axis) => undecided[axis - 1] ?? 1));
  const ofChannels = channels === 'first' ? 1 : order.length;
  const at = order.indexOf(ofChannels);
  if (at > 0 && at < order.length - 1) return null;
  const spatial = order.flatMap((axis) => (axis === ofChannels ? [] : [axis - (channels === 'first' ? 2 : 1)]));
  const inOrder = <T>(values: readonly T[]): T[] => spatial.map((axis) => values[axis] as T);
  return {
    size: inOrder(size),
    jump: inOrder(jump),
    start: inOrder(start),
    extent: inOrder(extent),
    channels: at === 0 ? 'first' : 'last',
  };
}

/** The one that sees more. */
export function wider(a: ReceptiveField | null, b: ReceptiveField | null): ReceptiveField | null {
  if (!a || !b) return a ?? b;
  const [one, other] = [a.size[0] ?? 0, b.size[0] ?? 0];
  return !isKnown(other) || (isKnown(one) && other > one) ? b : a;
}
