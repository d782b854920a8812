/**
 * Expressions over a block's parameters, such as `4*filters`. A small library (jsep) parses them; the tree is
 * computed here, word by word from a short list, so a document can never run code.
 */
import jsep from 'jsep';
import type { Json } from '../schema';

/** The values of a block's parameters where an instance stands. */
export type Environment = Readonly<Record<string, Json>>;

/** Why an expression has no value, in words. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
}

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
};

/** Those that an expression may call. */
export const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  abs: Math.abs,
  sqrt: Math.sqrt,
  log2: Math.log2,
  min: Math.min,
  max: Math.max,
};

/** A parameter's name, so that expressions can speak of it. */
export const isParamName = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !Object.hasOwn(FUNCTIONS, name) && !WORDS.has(name);

/** jsep reads these as values. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'this', '__proto__']);

const trees = new Map<string, jsep.Expression | null>();
/** Far more than a document holds; a session that types many more starts afresh. */
const KEPT = 10_000;

/** The syntax tree; null where the text is no expression. */
function treeOf(text: string): jsep.Expression | null {
  const kept = trees.get(text);
  if (kept !== undefined) return kept;
  let tree: jsep.Expression | null = null;
  try {
    tree = jsep(text);
  } catch {
    // What does not parse is a text like any other.
  }
  if (trees.size >= KEPT) trees.clear();
  trees.set(text, tree);
  return tree;
}

/** The names an expression speaks of, functions left out. */
function namesIn(tree: jsep.Expression): string[] {
  const node = tree as jsep.CoreExpression;
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'UnaryExpression':
      return namesIn(node.argument);
    case 'BinaryExpression':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'CallExpression':
      return node.arguments.flatMap(namesIn);
    default:
      return [];
  }
}

/** Whether a text speaks of a parameter that there is: only then it is an expression and no plain text. */
export function isExpression(text: string, environment: Environment): boolean {
  const tree = treeOf(text);
  return tree !== null && namesIn(tree).some((name) => Object.hasOwn(environment, name));
}

/**
 * The value of an expression: the parameter's own where it is just its name, else a number.
 * @throws ExpressionError naming what cannot be computed
 */
export function evaluateExpression(text: string, environment: Environment): Json {
  const tree = treeOf(text);
  if (!tree) throw new ExpressionError(`“${text}” cannot be read as an expression.`);
  const value = computed(tree, environment);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new ExpressionError(`“${text}” has no finite value.`);
  return value;
}

function computed(tree: jsep.Expression, environment: Environment): Json {
  const node = tree as jsep.CoreExpression;
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'number') return node.value;
      break;
    case 'Identifier': {
      const value = Object.hasOwn(environment, node.name) ? environment[node.name] : undefined;
      if (value === undefined) throw new ExpressionError(`There is no parameter “${node.name}”.`);
      return value;
    }
    case 'UnaryExpression': {
      const value = numberOf(node.argument, environment);
      if (node.operator === '-') return -value;
      if (node.operator === '+') return value;
      break;
    }
    case 'BinaryExpression': {
      const compute = BINARY[node.operator];
      if (compute) return compute(numberOf(node.left, environment), numberOf(node.right, environment));
      throw new ExpressionError(`“${node.operator}” is not known; there are ${Object.keys(BINARY).join(' ')}.`);
    }
    case 'CallExpression': {
      const name = node.callee.type === 'Identifier' ? (node.callee as jsep.Identifier).name : '';
      const compute = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
      if (!compute) throw new ExpressionError(`There is no function “${name}”.`);
      return compute(...node.arguments.map((argument) => numberOf(argument, environment)));
    }
  }
  throw new ExpressionError('An expression holds numbers, parameters, + − * / % ** and a few functions, no more.');
}

function numberOf(tree: jsep.Expression, environment: Environment): number {
  const value = computed(tree, environment);
  if (typeof value !== 'number') throw new ExpressionError(`${JSON.stringify(value)} is no number to compute with.`);
  return value;
}

/**
 * A hyperparameter's value with every expression in it computed, at any depth. One that cannot be computed
 * stays as it is written, so that the layer says what is wrong with it.
 */
export function substitute(value: Json, environment: Environment): Json {
  if (typeof value === 'string') {
    if (!isExpression(value, environment)) return value;
    try {
      return evaluateExpression(value, environment);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, environment)]));
}

/**
 * An expression with some of its names replaced by what they stand for, which may be expressions themselves;
 * computed where no name is left. Everything else in the value stays as it is.
 */
export function compose(value: Json, values: Environment): Json {
  if (typeof value === 'string') {
    const tree = isExpression(value, values) ? treeOf(value) : null;
    if (!tree) return value;
    if (tree.type === 'Identifier') return values[(tree as jsep.Identifier).name] ?? value;
    const text = written(tree, (name) => {
      const replaced = Object.hasOwn(values, name) ? values[name] : undefined;
      if (typeof replaced === 'number') return replaced < 0 ? `(${replaced})` : String(replaced);
      return typeof replaced === 'string' ? bracketed(replaced) : name;
    });
    return hasNames(text) ? text : substituteText(text);
  }
  if (Array.isArray(value)) return value.map((item) => compose(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, compose(item, values)]));
}

/** A value whose expressions speak of a parameter by another name. */
export function renameIn(value: Json, name: string, to: string): Json {
  return compose(value, { [name]: to });
}

const bracketed = (text: string): string => (/^[A-Za-z0-9_.]+$/.test(text) ? text : `(${text})`);

function hasNames(text: string): boolean {
  const tree = treeOf(text);
  return tree !== null && namesIn(tree).length > 0;
}

function substituteText(text: string): Json {
  try {
    return evaluateExpression(text, {});
  } catch {
    return text;
  }
}

/** How tightly an operator binds; what binds less than its surroundings is written in brackets. */
const BINDING: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '**': 4 };

function written(tree: jsep.Expression, nameOf: (name: string) => string, around = 0): string {
  const node = tree as jsep.CoreExpression;
  switch (node.type) {
    case 'Identifier':
      return nameOf(node.name);
    case 'UnaryExpression':
      return `${node.operator}${written(node.argument, nameOf, 3)}`;
    case 'CallExpression':
      return `${written(node.callee, (name) => name)}(${node.arguments.map((each) => written(each, nameOf)).join(', ')})`;
    case 'BinaryExpression': {
      const binding = BINDING[node.operator] ?? 0;
      // The right side of − and / is one thing; powers group from the right.
      const [left, right] = node.operator === '**' ? [binding + 1, binding] : [binding, binding + 1];
      const sides = [written(node.left, nameOf, left), written(node.right, nameOf, right)];
      const text = sides.join(node.operator);
      return binding < around ? `(${text})` : text;
    }
    default:
      return 'raw' in node ? String(node.raw) : '';
  }
}
