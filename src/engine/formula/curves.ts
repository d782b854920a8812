/** Activation functions as formulas, each with its slope where it has a value. */
import { activationName } from '../activationName';
import { above, abs, add, div, exp, fixed, maximum, minimum, mul, sign, square, sub, type Term } from './terms';

export interface FormulaCurve {
  of(x: Term): Term;
  slope(y: Term): Term;
}

const [ZERO, HALF, ONE, SIXTH] = [fixed(0), fixed(0.5), fixed(1), fixed(1 / 6)];

/** eˣ only of what is not positive, so that nothing overflows. */
function tanh(x: Term): Term {
  const e = exp(mul(abs(x), fixed(-2)));
  return mul(sign(x), div(sub(ONE, e), add(e, ONE)));
}

const CURVES: Readonly<Record<string, FormulaCurve>> = {
  linear: { of: (x) => x, slope: () => ONE },
  relu: { of: (x) => maximum(x, ZERO), slope: (y) => above(y, ZERO) },
  sigmoid: { of: (x) => add(mul(tanh(mul(x, HALF)), HALF), HALF), slope: (y) => mul(y, sub(ONE, y)) },
  tanh: { of: tanh, slope: (y) => sub(ONE, square(y)) },
  hard_sigmoid: {
    of: (x) => minimum(maximum(add(mul(x, SIXTH), HALF), ZERO), ONE),
    slope: (y) => mul(mul(above(y, ZERO), above(ONE, y)), SIXTH),
  },
};

/** Null for a function that has no such form. */
export const formulaCurveOf = (activation: unknown): FormulaCurve | null => CURVES[activationName(activation)] ?? null;
