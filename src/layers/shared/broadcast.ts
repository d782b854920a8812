/** How tensors of unlike shapes meet value by value, and what helps where they cannot. */
import type { Refusal, Repair, Tensor } from '../declaration';
import { type Dim, formatDim, formatShape, isKnown, sameSize } from '../dimension';

export const needsTwo = {
  message: 'This needs at least two wires in.',
  why: 'It joins tensors; with one there is nothing to join.',
  port: 'in',
  repairs: [{ title: 'Remove it', kind: 'remove' }] as const,
};

/**
 * The common shape where sizes of 1 stretch, or null. As in Keras, a tensor with fewer axes than the other
 * gets axes of size 1 after its batch.
 */
export function broadcast(a: readonly Dim[], b: readonly Dim[]): Dim[] | null {
  if (a.length < b.length) return broadcast(b, a);
  const [batch = 1, ...rest] = b;
  const aligned = [batch, ...Array.from({ length: a.length - b.length }, (): Dim => 1), ...rest];
  const joined: Dim[] = [];
  for (const [axis, size] of a.entries()) {
    const other = aligned[axis] ?? 1;
    if (sameSize(size, other) === true || other === 1) joined.push(size);
    else if (size === 1) joined.push(other);
    else return null;
  }
  return joined;
}

/** Where a wire ends. */
export interface Wire {
  port: string;
  index: number;
}

/** By what sizes may have to divide that are halved on one way and not on another. */
const DIVISORS = [2, 4, 8, 16, 32, 64, 128];

/**
 * What is to be said, and which sizes are to be asked for, where two sizes are the same for some sizes of the input
 * only; null where they are the same for none. Of the answers the repairs show the smallest that will do.
 */
export function sometimesEqual(sizes: readonly (readonly [Dim, Dim])[]): Pick<Refusal, 'why' | 'repairs'> | null {
  const open = sizes.filter(([a, b]) => sameSize(a, b) === 'unknown');
  const [pair] = open;
  if (!pair || sizes.some(([a, b]) => sameSize(a, b) === false)) return null;
  const [a, b] = pair.map(formatDim);
  return {
    why: `Whether ${a} is ${b} follows from the size of the input, and any size is taken there. Say which sizes it shall take.`,
    repairs: DIVISORS.map((by) => ({ title: `Take sizes that divide by ${by}`, kind: 'divideInputs' as const, by })),
  };
}

/**
 * The problem of two tensors that do not fit value by value. Which wire to change is a matter of what can be
 * done to it: the repairs try each.
 * @param verb what cannot be done to them: `added`
 */
export function mismatch([first, one]: [Tensor, Wire], [second, other]: [Tensor, Wire], verb: string): Refusal {
  const repairs: Repair[] = [...project(first, second, one), ...project(second, first, other)];
  repairs.push(...pad(first, second, one), ...pad(second, first, other));
  const shapes = `${formatShape(first.shape)} and ${formatShape(second.shape)}`;
  const away: Repair = { title: 'Take the last wire away', kind: 'disconnect', ...other };
  const pairs = first.shape.map((size, axis) => [size, second.shape[axis] ?? 1] as const);
  const sometimes =
    first.shape.length === second.shape.length ? sometimesEqual(pairs.filter(([a, b]) => a !== 1 && b !== 1)) : null;
  if (sometimes) {
    return {
      message: `${shapes} can be ${verb} for some sizes only.`,
      ...sometimes,
      port: other.port,
      repairs: [...(sometimes.repairs ?? []), away],
    };
  }
  repairs.push(away);
  return {
    message: `${shapes} cannot be ${verb}.`,
    why: 'It goes value by value, so every axis must have the same size (or size 1, which is stretched).',
    port: other.port,
    repairs,
  };
}

/** A 1×1 convolution (or a dense layer) that brings `from` to the shape of `to`; strided where `from` is larger. */
function project(from: Tensor, to: Tensor, wire: Wire): Repair[] {
  const channels = to.shape.at(-1);
  if (from.shape.length !== to.shape.length || channels === undefined || !isKnown(channels)) return [];
  const steps = from.shape.slice(1, -1);
  if (steps.length < 2) {
    // The same dense layer at every step, if there are as many.
    if (steps.some((size, at) => sameSize(size, to.shape[at + 1] ?? 0) !== true)) return [];
    return [
      {
        title: `Project ${formatShape(from.shape)} to ${channels} ${steps.length === 0 ? 'values' : 'features'}`,
        kind: 'insertBefore',
        ...wire,
        layers: [{ type: 'dense', params: { units: channels } }],
      },
    ];
  }
  if (from.shape.length !== 4) return [];
  const strides = [1, 2].map((axis) => strideBetween(from.shape[axis], to.shape[axis]));
  if (strides.some((stride) => stride === null)) return [];
  return [
    {
      title: `1×1 projection of ${formatShape(from.shape)}`,
      kind: 'insertBefore',
      ...wire,
      layers: [{ type: 'conv2d', params: { filters: channels, kernelSize: [1, 1], strides, padding: 'same' } }],
    },
  ];
}

/** The stride s with ⌈from/s⌉ = to, or null. */
function strideBetween(from: Dim | undefined, to: Dim | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  if (sameSize(from, to) === true) return 1;
  if (!isKnown(from) || !isKnown(to) || to < 1 || from < to) return null;
  const stride = Math.ceil(from / to);
  return Math.ceil(from / stride) === to ? stride : null;
}

/** Where the smaller image was shrunk by “valid” windows, padding keeps the size. */
function pad(from: Tensor, to: Tensor, wire: Wire): Repair[] {
  if (from.shape.length !== 4 || to.shape.length !== 4) return [];
  const smaller = [1, 2].some((axis) => {
    const [a, b] = [from.shape[axis], to.shape[axis]];
    return a !== undefined && b !== undefined && isKnown(a) && isKnown(b) && a < b;
  });
  return smaller ? [{ title: 'Padding “same” on the way', kind: 'padSource', ...wire }] : [];
}
