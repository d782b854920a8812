/** The learned scale γ and shift β that follow a normalisation. */
import type { Refusal, Tensor, Weight } from '../declaration';
import { type Dim, isKnown } from '../dimension';
import { flag, type Penalty, real, type Variant } from '../params';
import { fromFront } from '../shared/axes';
import { weightOf, weightParams } from '../shared/weights';

export const epsilon = (fallback: number) =>
  real({
    label: 'Epsilon',
    help: 'Keeps the division finite.',
    symbol: 'ε',
    min: 0,
    step: 0.001,
    default: fallback,
    advanced: true,
  });

export const affineParams = {
  center: flag({ label: 'Shift β', help: 'Adds a learned shift.', default: true }),
  scale: flag({ label: 'Scale γ', help: 'Multiplies by a learned scale.', default: true }),
  ...weightParams('beta', 'Shift β', 'zeros'),
  ...weightParams('gamma', 'Scale γ', 'ones'),
};

interface Affine extends Readonly<Record<string, unknown>> {
  center: boolean;
  scale: boolean;
  betaRegularizer: Penalty;
  gammaConstraint: Variant | null;
}

/** γ before β, as Keras makes them. */
export const affineWeights = (shape: readonly Dim[], symbols: readonly string[], params: Affine): Weight[] => [
  ...(params.scale ? [weightOf('gamma', shape, symbols, params)] : []),
  ...(params.center ? [weightOf('beta', shape, symbols, params)] : []),
];

/** The number of channels, or why it must be known. */
export function channelsOf(x: Tensor, axis: number): number | Refusal {
  const channels = x.shape[fromFront(axis, x.shape.length)] ?? 1;
  if (isKnown(channels)) return channels;
  return {
    message: 'The number of channels is unknown, so the number of weights cannot be told.',
    why: 'Every channel has a scale and a shift of its own; only the other axes may be of any size.',
    port: 'in',
  };
}

/** `2·C`, `C`, or `0` where nothing is learned. */
export const affineCount = (count: number, product: string): string =>
  count === 0 ? '0' : count === 1 ? product : `${count}·${product}`;
