/**
 * Formulas that compute and explain themselves. A rule writes its arithmetic once, as text a student
 * would write (`⌊(H − F)/S⌋ + 1`); the value, the typeset formula and the same formula with the
 * network's own values filled in are all derived from that text.
 *
 * Grammar: sums and differences of products; `⌊a/b⌋`, `⌈a/b⌉`, parentheses, whole numbers, and
 * symbols such as `K`, `F_h` or `H_out`.
 */
import type { Dim } from './dimension';
import {
  add,
  ceilDivide,
  divideExactly,
  floorDivide,
  formatCount,
  formatDim,
  isKnown,
  multiply,
  subtract,
} from './dimension';

type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'symbol'; name: string }
  | { kind: 'sum' | 'difference' | 'product' | 'quotient' | 'floor' | 'ceil'; left: Expression; right: Expression };

/** Whether a formula can hold it as a symbol. */
export const isSymbol = (text: string): boolean => /^[A-Za-zβγ]+(_[A-Za-z0-9]+)?$/u.test(text);

/** One number with where it comes from. */
export interface Derivation {
  /** What is derived, in words: `Output height`. */
  title: string;
  formula: string;
  values: Readonly<Record<string, Dim>>;
  result: Dim;
}

const parsed = new Map<string, Expression>();

function parse(text: string): Expression {
  let expression = parsed.get(text);
  if (!expression) {
    expression = new Parser(text).whole();
    parsed.set(text, expression);
  }
  return expression;
}

class Parser {
  private readonly tokens: string[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = text.match(/[A-Za-zβγ]+(?:_[A-Za-z0-9]+)?|\d+|[^\s]/gu) ?? [];
  }

  whole(): Expression {
    const expression = this.sum();
    if (this.at < this.tokens.length) throw this.error();
    return expression;
  }

  private sum(): Expression {
    let left = this.term();
    for (;;) {
      if (this.take('+')) left = { kind: 'sum', left, right: this.term() };
      else if (this.take('−')) left = { kind: 'difference', left, right: this.term() };
      else return left;
    }
  }

  private term(): Expression {
    let left = this.factor();
    for (;;) {
      if (this.take('·')) left = { kind: 'product', left, right: this.factor() };
      else if (this.take('/')) left = { kind: 'quotient', left, right: this.factor() };
      else return left;
    }
  }

  private factor(): Expression {
    if (this.take('(')) return this.closed(this.sum(), ')');
    if (this.take('⌊')) return this.rounded('floor', '⌋');
    if (this.take('⌈')) return this.rounded('ceil', '⌉');
    const token = this.tokens[this.at];
    if (token === undefined || !/^[A-Za-zβγ\d]/u.test(token)) throw this.error();
    this.at += 1;
    return /^\d/.test(token) ? { kind: 'number', value: Number(token) } : { kind: 'symbol', name: token };
  }

  private rounded(kind: 'floor' | 'ceil', close: string): Expression {
    const inner = this.closed(this.sum(), close);
    if (inner.kind !== 'quotient') throw this.error();
    return { kind, left: inner.left, right: inner.right };
  }

  private closed(expression: Expression, close: string): Expression {
    if (!this.take(close)) throw this.error();
    return expression;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private error(): Error {
    return new SyntaxError(`formula "${this.text}" cannot be read at "${this.tokens[this.at] ?? 'its end'}"`);
  }
}

function evaluate(expression: Expression, values: Readonly<Record<string, Dim>>): Dim {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'symbol': {
      const value = values[expression.name];
      if (value === undefined) throw new ReferenceError(`no value for ${expression.name}`);
      return value;
    }
    default: {
      const left = evaluate(expression.left, values);
      const right = evaluate(expression.right, values);
      return combine(expression.kind, left, right);
    }
  }
}

function combine(kind: 'sum' | 'difference' | 'product' | 'quotient' | 'floor' | 'ceil', left: Dim, right: Dim): Dim {
  switch (kind) {
    case 'sum':
      return add(left, right);
    case 'difference':
      return subtract(left, right);
    case 'product':
      return multiply(left, right);
    case 'quotient': {
      const quotient = divideExactly(left, right);
      if (quotient === null) throw new RangeError(`${formatDim(left)} does not divide by ${formatDim(right)}`);
      return quotient;
    }
    default: {
      if (!isKnown(right)) throw new RangeError('cannot divide by an unknown size');
      return kind === 'floor' ? floorDivide(left, right) : ceilDivide(left, right);
    }
  }
}

/**
 * Computes a formula and keeps how.
 * @throws SyntaxError, ReferenceError or RangeError for a formula that does not fit its values: a mistake in a rule.
 */
export function derive(title: string, formula: string, values: Readonly<Record<string, Dim>>): Derivation {
  return { title, formula, values, result: evaluate(parse(formula), values) };
}

/** How an expression is written out: as TeX or as plain text, with symbols or with their values. */
interface Notation {
  symbol(name: string): string;
  times: string;
  minus: string;
  rounded(kind: 'floor' | 'ceil', above: string, below: string): string;
  over(above: string, below: string): string;
}

const weight = { sum: 1, difference: 1, product: 2, quotient: 2, floor: 3, ceil: 3, number: 3, symbol: 3 } as const;

function write(expression: Expression, notation: Notation): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'symbol':
      return notation.symbol(expression.name);
    case 'floor':
    case 'ceil':
      return notation.rounded(expression.kind, write(expression.left, notation), write(expression.right, notation));
    case 'quotient':
      return notation.over(write(expression.left, notation), bracketed(expression.right, 3, notation));
    default: {
      const level = weight[expression.kind];
      const left = bracketed(expression.left, level, notation);
      const right = bracketed(expression.right, expression.kind === 'sum' ? level : level + 1, notation);
      const sign = { sum: ' + ', difference: notation.minus, product: notation.times }[expression.kind];
      return left + sign + right;
    }
  }
}

function bracketed(expression: Expression, level: number, notation: Notation): string {
  const text = write(expression, notation);
  return weight[expression.kind] < level ? `(${text})` : text;
}

const texSymbol = (name: string): string => {
  const [base = '', index] = name.split('_');
  const letter = base === 'β' ? '\\beta' : base === 'γ' ? '\\gamma' : base.length > 1 ? `\\mathrm{${base}}` : base;
  return index === undefined ? letter : `${letter}_{\\mathrm{${index}}}`;
};

const texDim = (dim: Dim): string =>
  formatCount(dim)
    .replaceAll(',', '{,}')
    .replaceAll('⌊', '\\lfloor ')
    .replaceAll('⌋', '\\rfloor ')
    .replaceAll('·', '\\cdot ')
    .replaceAll('−', '-');

const bracketSum = (text: string): string => (/[+−-]/.test(text.slice(1)) ? `(${text})` : text);

const tex = (symbolOf: (name: string) => string): Notation => ({
  symbol: symbolOf,
  times: ' \\cdot ',
  minus: ' - ',
  rounded: (kind, above, below) => `\\left\\l${kind} \\frac{${above}}{${below}} \\right\\r${kind}`,
  over: (above, below) => `\\frac{${above}}{${below}}`,
});

const text = (symbolOf: (name: string) => string): Notation => ({
  symbol: symbolOf,
  times: '·',
  minus: ' − ',
  rounded: (kind, above, below) =>
    kind === 'floor' ? `⌊${bracketSum(above)}/${below}⌋` : `⌈${bracketSum(above)}/${below}⌉`,
  over: (above, below) => `${bracketSum(above)}/${below}`,
});

/** The three lines an explanation shows. */
export interface Explanation {
  formula: string;
  substituted: string;
  value: string;
}

function explain(
  { formula, values, result }: Derivation,
  notation: typeof tex,
  symbolOf: (name: string) => string,
  dim: (dim: Dim) => string,
): Explanation {
  const expression = parse(formula);
  return {
    formula: write(expression, notation(symbolOf)),
    substituted: write(
      expression,
      notation((name) => bracketSum(dim(values[name] ?? 0))),
    ),
    value: dim(result),
  };
}

/** For KaTeX. */
export const toTex = (derivation: Derivation): Explanation => explain(derivation, tex, texSymbol, texDim);

/** For tooltips, screen readers and the command line. */
export const toText = (derivation: Derivation): Explanation =>
  explain(derivation, text, (name) => name.replace('_', ''), formatCount);
