/** How a step went, layer by layer. */
import type { WeightSignal } from '@/engine';
import type { LayerSignal } from './protocol';

const length = (parts: readonly number[]): number => Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0));

/** The weights of a layer together, in the order of the network. */
export function byLayer(signals: readonly WeightSignal[]): LayerSignal[] {
  const layers = new Map<string, WeightSignal[]>();
  for (const signal of signals) layers.set(signal.node, [...(layers.get(signal.node) ?? []), signal]);
  return [...layers].map(([node, weights]) => {
    const size = length(weights.map(({ weight }) => weight));
    const still = weights.map((weight) => weight.still).filter((share) => share !== null);
    return {
      node,
      gradient: length(weights.map(({ gradient }) => gradient)),
      ratio: size === 0 ? null : length(weights.map(({ update }) => update)) / size,
      still: still.length === 0 ? null : Math.max(...still),
    };
  });
}
