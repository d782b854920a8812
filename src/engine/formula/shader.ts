/** Formulas as programs for graphics cards: GLSL for WebGL, WGSL for WebGPU. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Program } from '../graphics/program';
import { type Choosing, type Described, OPERATIONS } from './operations';
import { isFixed, isOperation, isPart, type Operation, type Part, type Term } from './terms';

/** What a program computes, and from what. */
export interface Computation {
  terms: readonly Term[];
  /** How several results stand: side by side, or one below the other. */
  along: 'columns' | 'rows';
  /** [B, R, C], where all that is read has the result's shape; else that of one of the results, a matrix. */
  shape: readonly number[];
}

/** The shape of all results together. */
export function wholeOf({ terms, along, shape }: Computation): number[] {
  const axis = shape.length - (along === 'rows' ? 2 : 1);
  return shape.map((size, at) => (at === axis ? size * terms.length : size));
}

export interface FormulaProgram extends Program {
  inputs: Tensor[];
}

/** How one of the languages says what the other says otherwise. */
interface Language extends Choosing {
  type: string;
  /** Begin statements that name a value, and a whole number. */
  let: string;
  integer: string;
  number(name: string): string;
  fixed(literal: string): string;
  place(name: string): string;
  /** Of the result's own place. */
  whole(input: string): string;
}

const GLSL = (packed: boolean): Language => {
  const type = packed ? 'vec4' : 'float';
  return {
    type,
    let: type,
    integer: 'int',
    number: (name) => (packed ? `vec4(${name})` : name),
    fixed: (literal) => (packed ? `vec4(${literal})` : literal),
    place: (name) => name,
    whole: (input) => `get${input}AtOutCoords()`,
    less: (a, b) => (packed ? `lessThan(${a}, ${b})` : `${a} < ${b}`),
    choose: (no, yes, condition) => `mix(${no}, ${yes}, ${condition})`,
  };
};

const WGSL: Language = {
  type: 'f32',
  let: 'let',
  integer: 'let',
  number: (name) => `uniforms.${name}`,
  fixed: (literal) => literal,
  place: (name) => `uniforms.${name}`,
  whole: (input) => `get${input}ByOutputIndex(index)`,
  less: (a, b) => `${a} < ${b}`,
  choose: (no, yes, condition) => `select(${no}, ${yes}, ${condition})`,
};

/** Collects what a program reads, each once. */
class Reads {
  readonly inputs: Tensor[] = [];
  readonly numbers: number[] = [];
  readonly places: number[] = [];

  input(tensor: Tensor): string {
    const known = this.inputs.indexOf(tensor);
    return `L${known < 0 ? this.inputs.push(tensor) - 1 : known}`;
  }

  number(value: number): string {
    return `n${this.numbers.push(value) - 1}`;
  }

  place(value: number): string {
    const known = this.places.indexOf(value);
    return `p${known < 0 ? this.places.push(value) - 1 : known}`;
  }
}

/** Writes statements, each value once. */
class Writer {
  readonly lines: string[] = [];
  private readonly known = new Map<Term, string>();

  /** @param outer what was written before, which it knows */
  constructor(
    private readonly language: Language,
    private readonly reads: Reads,
    private readonly isMatrix: boolean,
    private readonly outer?: Writer,
  ) {}

  /** @returns the name of the value, or what stands for it */
  write(term: Term): string {
    const { language, reads } = this;
    // Equal by chance is not the same: what changes from call to call must not change the program.
    if (typeof term === 'number') return language.number(reads.number(term));
    if (isFixed(term)) return language.fixed(Number.isInteger(term.fixed) ? `${term.fixed}.0` : String(term.fixed));
    const before = this.outer?.known.get(term) ?? this.known.get(term);
    if (before !== undefined) return before;
    const text = this.textOf(term);
    const name = `t${this.lines.length + (this.outer?.lines.length ?? 0)}`;
    this.known.set(term, name);
    this.lines.push(`${language.let} ${name} = ${text};`);
    return name;
  }

  private textOf(term: Operation | Part | Tensor): string {
    const { language, reads, isMatrix } = this;
    if (isOperation(term)) {
      const { text } = OPERATIONS[term.name] as Described;
      const names = term.terms.map((one) => this.write(one));
      return text(names, language);
    }
    if (!isPart(term)) return isMatrix ? `get${reads.input(term)}(row, col)` : language.whole(reads.input(term));
    const { of, at, place } = term;
    const column = at === 0 ? 'col' : `col + ${at}`;
    const stack = place === null ? '' : `${language.place(reads.place(place))}, `;
    return `get${reads.input(of)}(${stack}row, ${column})`;
  }
}

/** Operations that several of the results need. */
function sharedBy(results: readonly Term[]): Operation[] {
  const users = new Map<Operation, number>();
  for (const result of results) {
    const seen = new Set<Operation>();
    const visit = (term: Term): void => {
      if (!isOperation(term) || seen.has(term)) return;
      seen.add(term);
      for (const one of term.terms) visit(one);
      users.set(term, (users.get(term) ?? 0) + 1);
    };
    visit(result);
  }
  return [...users].flatMap(([term, count]) => (count > 1 ? [term] : []));
}

/** Each result where it stands. Of several only what they share is computed everywhere. */
function bodyOf({ terms, along, shape }: Computation, language: Language, reads: Reads, isMatrix: boolean): string {
  const shared = new Writer(language, reads, isMatrix);
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) {
    const name = shared.write(only);
    return [...shared.lines, `result = ${name};`].join('\n');
  }
  const [name, size] = along === 'rows' ? ['row', shape.at(-2)] : ['col', shape.at(-1)];
  for (const term of sharedBy(terms)) shared.write(term);
  const cases = terms.map((term, at) => {
    const own = new Writer(language, reads, isMatrix, shared);
    const result = own.write(term);
    return `if (block == ${at}) {\n${[...own.lines, `result = ${result};`].join('\n')}\n}`;
  });
  const block = `${language.integer} block = ${name} / ${size};\n${name} = ${name} - block * ${size};`;
  return [block, ...shared.lines, cases.join(' else ')].join('\n');
}

/**
 * For WebGL. What lies beyond the border stays 0: a product over an odd number of columns reads it.
 * @param packed whether four values are computed at once: two rows' two neighbours
 */
export function glsl(computation: Computation, packed: boolean): FormulaProgram {
  const isMatrix = computation.shape.length === 2;
  const reads = new Reads();
  const language = GLSL(packed);
  const body = bodyOf(computation, language, reads, isMatrix);
  const where = isMatrix
    ? 'ivec2 at = getOutputCoords();\nint row = at.x;\nint col = at.y;'
    : 'ivec3 at = getOutputCoords();\nint row = at.y;\nint col = at.z;';
  const [rows = 1, width = 1] = wholeOf(computation).slice(-2);
  const text = [
    'void main() {',
    where,
    'int outRow = row;\nint outCol = col;',
    `${language.type} result = ${packed ? 'vec4(0.0)' : '0.0'};`,
    body,
    packed && rows % 2 === 1 ? `if (outRow + 1 >= ${rows}) result.zw = vec2(0.0);` : '',
    packed && width % 2 === 1 ? `if (outCol + 1 >= ${width}) result.yw = vec2(0.0);` : '',
    'setOutput(result);',
    '}',
  ].join('\n');
  return { inputs: reads.inputs, numbers: reads.numbers, places: reads.places, text };
}

/** For WebGPU. */
export function wgsl(computation: Computation): FormulaProgram {
  const isMatrix = computation.shape.length === 2;
  const reads = new Reads();
  const body = bodyOf(computation, WGSL, reads, isMatrix);
  const where = isMatrix ? 'let at = getCoordsFromIndex(index);\nvar row = at.x;\nvar col = at.y;' : '';
  const text = [
    'fn main(index : i32) {',
    'if (index >= uniforms.size) { return; }',
    where,
    'var result = 0.0;',
    body,
    'setOutputAtIndex(index, result);',
    '}',
  ].join('\n');
  return { inputs: reads.inputs, numbers: reads.numbers, places: reads.places, text };
}
