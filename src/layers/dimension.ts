/**
 * Sizes that may be unknown. A dimension is a whole number or an exact expression over symbols
 * (`N` the batch, `H`, `W`, `T`): a polynomial with integer coefficients whose factors are symbols
 * and floors `⌊p/n⌋`. Expressions are kept in one normal form, so that equal ones print alike.
 */

/** A factor of a term: a symbol, or the floor of an expression divided by a positive whole number. */
type Factor = { symbol: string } | { floor: SymbolicDim; by: number };

interface Term {
  coefficient: number;
  /** Sorted by key; empty for the constant term. */
  factors: readonly Factor[];
}

/** A sum of terms that is not a plain number. */
export interface SymbolicDim {
  readonly terms: readonly Term[];
  /** The normal form as text; equal expressions have equal keys. */
  readonly key: string;
}

export type Dim = number | SymbolicDim;

export const isKnown = (dim: Dim): dim is number => typeof dim === 'number';

const factorKey = (factor: Factor): string =>
  'symbol' in factor ? factor.symbol : `⌊${wrapSum(factor.floor)}/${factor.by}⌋`;

const wrapSum = (dim: SymbolicDim): string =>
  dim.terms.length > 1 || (dim.terms[0]?.coefficient ?? 1) < 0 ? `(${dim.key})` : dim.key;

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `H·T²` */
function factorsKey(factors: readonly Factor[]): string {
  const powers = new Map<string, number>();
  for (const key of factors.map(factorKey)) powers.set(key, (powers.get(key) ?? 0) + 1);
  return [...powers].map(([key, power]) => (power === 1 ? key : key + raised(power))).join('·');
}

const raised = (power: number): string => [...String(power)].map((digit) => RAISED[Number(digit)]).join('');

/** A size that is not known yet. */
export const symbol = (name: string): Dim => ({
  terms: [{ coefficient: 1, factors: [{ symbol: name }] }],
  key: name,
});

/** The number of samples in a batch, whatever it is. */
export const BATCH = symbol('N');

const termsOf = (dim: Dim): readonly Term[] =>
  isKnown(dim) ? (dim === 0 ? [] : [{ coefficient: dim, factors: [] }]) : dim.terms;

/** Collects like terms, drops zeros, orders (constant last) and writes the key. */
function fromTerms(terms: readonly Term[]): Dim {
  const collected = new Map<string, Term>();
  for (const term of terms) {
    const key = factorsKey(term.factors);
    const before = collected.get(key);
    collected.set(key, { coefficient: term.coefficient + (before?.coefficient ?? 0), factors: term.factors });
  }
  const kept = [...collected.entries()].filter(([, term]) => term.coefficient !== 0);
  if (kept.length === 0) return 0;
  const [only] = kept;
  if (kept.length === 1 && only?.[0] === '') return only[1].coefficient;
  kept.sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
  const key = kept
    .map(([factors, { coefficient }], index) => {
      const size = Math.abs(coefficient);
      const sign = coefficient < 0 ? '−' : index > 0 ? '+' : '';
      const body = factors === '' ? String(size) : size === 1 ? factors : `${size}·${factors}`;
      return sign + body;
    })
    .join('');
  return { terms: kept.map(([, term]) => term), key };
}

export function add(a: Dim, b: Dim): Dim {
  if (isKnown(a) && isKnown(b)) return a + b;
  return fromTerms([...termsOf(a), ...termsOf(b)]);
}

export function subtract(a: Dim, b: Dim): Dim {
  return add(a, multiply(b, -1));
}

export function multiply(a: Dim, b: Dim): Dim {
  if (isKnown(a) && isKnown(b)) return a * b;
  const terms: Term[] = [];
  for (const left of termsOf(a)) {
    for (const right of termsOf(b)) {
      const factors = [...left.factors, ...right.factors].sort((x, y) => (factorKey(x) < factorKey(y) ? -1 : 1));
      terms.push({ coefficient: left.coefficient * right.coefficient, factors });
    }
  }
  return fromTerms(terms);
}

/**
 * ⌊a / by⌋ for a positive whole number. Multiples of `by` leave the floor, and
 * ⌊(⌊x/m⌋ + c)/n⌋ becomes ⌊(x + m·c)/(m·n)⌋, so that chains of strides stay short.
 */
export function floorDivide(a: Dim, by: number): Dim {
  if (!Number.isInteger(by) || by < 1) throw new RangeError(`cannot divide a dimension by ${by}`);
  if (isKnown(a)) return Math.floor(a / by);
  if (by === 1) return a;
  const outside: Term[] = [];
  const inside: Term[] = [];
  for (const term of a.terms) {
    const whole = Math.floor(term.coefficient / by);
    const rest = term.coefficient - whole * by;
    if (whole !== 0) outside.push({ coefficient: whole, factors: term.factors });
    if (rest !== 0) inside.push({ coefficient: rest, factors: term.factors });
  }
  const numerator = fromTerms(inside);
  return add(fromTerms(outside), isKnown(numerator) ? Math.floor(numerator / by) : floorOf(numerator, by));
}

function floorOf(numerator: SymbolicDim, by: number): Dim {
  const [first, second] = numerator.terms;
  const inner = first?.factors.length === 1 && first.coefficient === 1 ? first.factors[0] : undefined;
  const restIsConstant = numerator.terms.length === 1 || (numerator.terms.length === 2 && second?.factors.length === 0);
  if (inner && 'floor' in inner && restIsConstant) {
    const shift = (second?.coefficient ?? 0) * inner.by;
    return floorDivide(add(inner.floor, shift), inner.by * by);
  }
  return fromTerms([{ coefficient: 1, factors: [{ floor: numerator, by }] }]);
}

export const ceilDivide = (a: Dim, by: number): Dim => floorDivide(add(a, by - 1), by);

/** a / b where that is exact, else null. A symbolic divisor must be a single term. */
export function divideExactly(a: Dim, b: Dim): Dim | null {
  if (isKnown(a) && isKnown(b)) return b !== 0 && a % b === 0 ? a / b : null;
  const divisor = termsOf(b);
  const [by] = divisor;
  if (divisor.length !== 1 || !by) return null;
  const quotient: Term[] = [];
  for (const term of termsOf(a)) {
    const factors = [...term.factors];
    for (const factor of by.factors) {
      const at = factors.findIndex((candidate) => factorKey(candidate) === factorKey(factor));
      if (at < 0) return null;
      factors.splice(at, 1);
    }
    if (term.coefficient % by.coefficient !== 0) return null;
    quotient.push({ coefficient: term.coefficient / by.coefficient, factors });
  }
  return fromTerms(quotient);
}

/** Whether two sizes are equal: yes, no, or not to be told before the symbols are known. */
export function sameSize(a: Dim, b: Dim): boolean | 'unknown' {
  if (isKnown(a) && isKnown(b)) return a === b;
  const difference = subtract(a, b);
  return isKnown(difference) ? difference === 0 : 'unknown';
}

export const product = (dims: readonly Dim[]): Dim => dims.reduce<Dim>(multiply, 1);

/** `28`, or `⌊(H−1)/2⌋+1`. */
export const formatDim = (dim: Dim): string => (isKnown(dim) ? String(dim) : dim.key);

/** A count, to be read: `1,234,567`, or `1,536·T² + 12·T`. */
export const formatCount = (dim: Dim): string =>
  isKnown(dim)
    ? dim.toLocaleString('en-US')
    : dim.key.replace(/\d{4,}/g, (digits) => Number(digits).toLocaleString('en-US')).replace(/(?<=[^(])[+−]/g, ' $& ');

/** `28×28×6`: a shape without its batch. A scalar per sample prints as `1`. */
export function formatShape(shape: readonly Dim[]): string {
  const sizes = shape.slice(1);
  return sizes.length === 0 ? 'scalar' : sizes.map(formatInShape).join('×');
}

const formatInShape = (dim: Dim): string =>
  isKnown(dim) || dim.terms.length === 1 ? formatDim(dim) : `(${formatDim(dim)})`;

/** `N×28×28×6`: a shape with its batch. */
export const formatBatchShape = (shape: readonly Dim[]): string => shape.map(formatInShape).join('×');

/** Symbols become null, as Keras writes unknown sizes. */
export const toNullable = (shape: readonly Dim[]): (number | null)[] => shape.map((dim) => (isKnown(dim) ? dim : null));

export const sameShape = (a: readonly Dim[], b: readonly Dim[]): boolean =>
  a.length === b.length && a.every((dim, axis) => dimKey(dim) === dimKey(b[axis]));

const dimKey = (dim: Dim | undefined): string | number | undefined =>
  dim === undefined || isKnown(dim) ? dim : dim.key;
