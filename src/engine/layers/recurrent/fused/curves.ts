/**
 * Activation functions over a stretch of an array, for loops over memory. Each has a slope that its own value tells,
 * so that nothing but the value need be kept for the gradient.
 */
import { activationName } from '../../../activationName';

export interface Curve {
  /** Replaces values[from…to) by the function of them. */
  apply(values: Float32Array, from: number, to: number): void;
  /** The derivative where the function has this value. */
  slope(y: number): number;
}

const LOG2E = Math.LOG2E;
/** ln 2 in two parts: the first has few digits, so that its multiples are exact. */
const LN2_HIGH = 0.693145751953125;
const LN2_LOW = Math.LN2 - LN2_HIGH;

/** Beyond this a sigmoid is 0 or 1 in single precision. */
const FAR = 88;

/** 2^(k − 128) */
const POWERS = Float64Array.from({ length: 257 }, (_, k) => 2 ** (k - 128));

/**
 * eˣ for |x| ≤ 88, to a relative 6·10⁻⁹: a power of two times a Taylor polynomial on |r| ≤ ½ ln 2. Several times
 * faster than `Math.exp`, which is exact to a digit that single precision does not have.
 */
function exponential(x: number): number {
  const k = (x * LOG2E + 128.5) | 0;
  const n = k - 128;
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  const p = 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))));
  return (POWERS[k] as number) * (1 + r * (1 + r * (0.5 + r * p)));
}

const within = (x: number): number => (x > FAR ? FAR : x < -FAR ? -FAR : x);

const CURVES: Readonly<Record<string, Curve>> = {
  linear: { apply: () => undefined, slope: () => 1 },
  relu: {
    apply(values, from, to) {
      for (let at = from; at < to; at++) if ((values[at] as number) < 0) values[at] = 0;
    },
    slope: (y) => (y > 0 ? 1 : 0),
  },
  sigmoid: {
    apply(values, from, to) {
      for (let at = from; at < to; at++) values[at] = 1 / (1 + exponential(within(-(values[at] as number))));
    },
    slope: (y) => y * (1 - y),
  },
  tanh: {
    apply(values, from, to) {
      for (let at = from; at < to; at++) values[at] = 1 - 2 / (exponential(within(2 * (values[at] as number))) + 1);
    },
    slope: (y) => 1 - y * y,
  },
  hard_sigmoid: {
    apply(values, from, to) {
      for (let at = from; at < to; at++) values[at] = Math.min(1, Math.max(0, (values[at] as number) / 6 + 0.5));
    },
    slope: (y) => (y > 0 && y < 1 ? 1 / 6 : 0),
  },
};

/** Null for a function that has no such form: then single operations must do. */
export const curveOf = (activation: unknown): Curve | null => CURVES[activationName(activation)] ?? null;
