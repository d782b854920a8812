/** What a weight's size adds to the loss, and what a weight is held to: read from its declaration, for every layer alike. */
import {
  abs,
  add,
  clipByValue,
  div,
  maximum,
  minimum,
  mul,
  relu,
  type Scalar,
  scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { settingsOf, typeOf, type Variant } from '@/layers';
import { CONSTRAINTS } from '@/layers/shared/constraints';
import type { NamedWeight } from './model';

/** Σ over all penalised weights of λ₁·Σ|w| + λ₂·Σw²; tied weights once, and frozen ones not, as in Keras. */
export function penaltyOf(weights: readonly NamedWeight[]): Scalar {
  let total: Tensor = scalar(0);
  for (const { penalty, trainable, variable } of weights) {
    if (!trainable) continue;
    if (penalty.l1 > 0) total = add(total, mul(sum(abs(variable)), penalty.l1));
    if (penalty.l2 > 0) total = add(total, mul(sum(square(variable)), penalty.l2));
  }
  return total as Scalar;
}

/** Keras's epsilon, which keeps a norm of zero from dividing by zero. */
const EPSILON = 1e-7;

/** Brings every constrained weight back to what it is held to. */
export function constrain(weights: readonly NamedWeight[]): void {
  for (const { constraint, variable } of weights) {
    if (constraint !== null) tidy(() => variable.assign(held(constraint, variable)));
  }
}

/**
 * A weight under a constraint, as Keras 3 computes it.
 * @throws RangeError for an unknown constraint
 */
export function held(constraint: Variant, w: Tensor): Tensor {
  const settings = settingsOf(CONSTRAINTS, constraint);
  const axis = Math.min(Number(settings.axis ?? 0), Math.max(0, w.rank - 1));
  const norms = (): Tensor => sqrt(sum(square(w), axis, true));
  switch (typeOf(constraint)) {
    case 'nonNeg':
      return relu(w);
    case 'unitNorm':
      return div(w, add(norms(), EPSILON));
    case 'maxNorm': {
      const norm = norms();
      return mul(w, div(minimum(norm, Number(settings.maxValue)), add(norm, EPSILON)));
    }
    case 'minMaxNorm': {
      const norm = norms();
      const [low, high, rate] = [Number(settings.minValue), Number(settings.maxValue), Number(settings.rate)];
      const wanted = add(mul(clipped(norm, low, high), rate), mul(norm, 1 - rate));
      return mul(w, div(wanted, add(norm, EPSILON)));
    }
    default:
      throw new RangeError(`unknown constraint “${typeOf(constraint)}”`);
  }
}

/** Between equal bounds the WebAssembly kernel of clipByValue gives garbage. */
const clipped = (x: Tensor, low: number, high: number): Tensor =>
  low === high ? maximum(minimum(x, high), low) : clipByValue(x, low, high);
