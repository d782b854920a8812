/** How large gradients are beside each other, for the eye. */
import type { LayerSignal } from '@/training/protocol';

/** As many powers of ten as the whole length stands for. */
const POWERS = 9;

/** From 0 to 1, by its logarithm; what is not nothing is to be seen. */
export const gradientLength = (gradient: number, largest: number): number =>
  gradient <= 0 || largest <= 0 ? 0 : Math.min(1, Math.max(0.02, 1 + Math.log10(gradient / largest) / POWERS));

export const largestOf = (layers: readonly LayerSignal[]): number =>
  layers.reduce((most, { gradient }) => Math.max(most, gradient), 0);

interface Index {
  byNode: ReadonlyMap<string, LayerSignal>;
  largest: number;
}

const known = new WeakMap<readonly LayerSignal[], Index>();

/** One look at the gradients, by node: made once, for there may be hundreds of cards. */
export function indexOf(layers: readonly LayerSignal[]): Index {
  let index = known.get(layers);
  if (!index) {
    index = { byNode: new Map(layers.map((layer) => [layer.node, layer])), largest: largestOf(layers) };
    known.set(layers, index);
  }
  return index;
}

/**
 * The share of a layer's units that no sample makes learn; null where it has none. Where nothing at all reaches the
 * kernel and yet there is a gradient, that of the biases, it is the input that is zero: the units are well.
 */
export const deadShare = ({ still, gradient }: LayerSignal): number | null => (still === 1 && gradient > 0 ? 0 : still);

/** Short, as in a table: two digits. */
export const shortReal = (value: number): string =>
  value === 0 ? '0' : value >= 0.001 && value < 1000 ? value.toPrecision(2) : value.toExponential(1).replace('-', '−');
