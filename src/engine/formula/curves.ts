/** Activation functions as formulas, each with its slope where it has a value. */
import { activationName } from '../activationName';
import { above, abs, add, div, exp, maximum, minimum, mul, sign, square, sub, type Term } from './terms';

export interface FormulaCurve {
  of(x: Term): Term;
  slope(y: Term): Term;
}

/** eˣ only of what is not positive, so that nothing overflows. */
function tanh(x: Term): Term {
  const e = exp(mul(abs(x), -2));
  return mul(sign(x), div(sub(1, e), add(e, 1)));
}

const CURVES: Readonly<Record<string, FormulaCurve>> = {
  linear: { of: (x) => x, slope: () => 1 },
  relu: { of: (x) => maximum(x, 0), slope: (y) => above(y, 0) },
  sigmoid: { of: (x) => add(mul(tanh(mul(x, 0.5)), 0.5), 0.5), slope: (y) => mul(y, sub(1, y)) },
  tanh: { of: tanh, slope: (y) => sub(1, square(y)) },
  hard_sigmoid: {
    of: (x) => minimum(maximum(add(mul(x, 1 / 6), 0.5), 0), 1),
    slope: (y) => mul(mul(above(y, 0), above(1, y)), 1 / 6),
  },
};

/** Null for a function that has no such form. */
export const formulaCurveOf = (activation: unknown): FormulaCurve | null => CURVES[activationName(activation)] ?? null;
