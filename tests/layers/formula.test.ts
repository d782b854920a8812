import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferDocument } from '@/inference';
import {
  add,
  ceilDivide,
  type Dim,
  derive,
  divideExactly,
  floorDivide,
  formatCount,
  formatDim,
  isKnown,
  LAYERS,
  multiply,
  product,
  sameSize,
  subtract,
  symbol,
  toTex,
  toText,
} from '@/layers';
import { validNetwork } from '../support/networks';

const H = symbol('H');

/** A random expression over H, built twice: as a dimension and as a plain function. */
type Twin = { dim: Dim; at(h: number): number };

const twin: fc.Arbitrary<Twin> = fc.letrec<{ twin: Twin }>((tie) => ({
  twin: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: -9, max: 9 }).map((n): Twin => ({ dim: n, at: () => n })),
    fc.constant<Twin>({ dim: H, at: (h) => h }),
    fc
      .tuple(tie('twin'), tie('twin'))
      .map(([a, b]): Twin => ({ dim: add(a.dim, b.dim), at: (h) => a.at(h) + b.at(h) })),
    fc
      .tuple(tie('twin'), tie('twin'))
      .map(([a, b]): Twin => ({ dim: subtract(a.dim, b.dim), at: (h) => a.at(h) - b.at(h) })),
    fc
      .tuple(tie('twin'), tie('twin'))
      .map(([a, b]): Twin => ({ dim: multiply(a.dim, b.dim), at: (h) => a.at(h) * b.at(h) })),
    fc
      .tuple(tie('twin'), fc.integer({ min: 1, max: 5 }))
      .map(([a, n]): Twin => ({ dim: floorDivide(a.dim, n), at: (h) => Math.floor(a.at(h) / n) })),
    fc
      .tuple(tie('twin'), fc.integer({ min: 1, max: 5 }))
      .map(([a, n]): Twin => ({ dim: ceilDivide(a.dim, n), at: (h) => Math.ceil(a.at(h) / n) })),
  ),
})).twin;

/** The value of a printed dimension, read by a small reader of its own. */
function readBack(printed: string, h: number): number {
  let at = 0;
  const sum = (): number => {
    let value = printed[at] === '−' ? 0 : term();
    while (printed[at] === '+' || printed[at] === '−') value += printed[at++] === '+' ? term() : -term();
    return value;
  };
  const term = (): number => {
    let value = factor();
    while (printed[at] === '·') {
      at += 1;
      value *= factor();
    }
    return value;
  };
  const factor = (): number => {
    const base = bare();
    const power = /^[⁰¹²³⁴⁵⁶⁷⁸⁹]+/.exec(printed.slice(at))?.[0] ?? '';
    at += power.length;
    return power === '' ? base : base ** Number([...power].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join(''));
  };
  const bare = (): number => {
    if (printed[at] === 'H') {
      at += 1;
      return h;
    }
    if (printed[at] === '⌊') {
      at += 1;
      const bracket = printed[at] === '(';
      if (bracket) at += 1;
      const above = bracket ? sum() : term();
      if (printed[at] === ')') at += 1;
      at += 1;
      const below = number();
      at += 1;
      return Math.floor(above / below);
    }
    return number();
  };
  const number = (): number => {
    const digits = /^\d+/.exec(printed.slice(at))?.[0] ?? '';
    if (digits === '') throw new Error(`${printed} at ${at}`);
    at += digits.length;
    return Number(digits);
  };
  return sum();
}

describe('dimensions', () => {
  it('print as what they are equal to', () => {
    fc.assert(
      fc.property(twin, fc.integer({ min: 0, max: 40 }), ({ dim, at }, h) => {
        const value = isKnown(dim) ? dim : readBack(formatDim(dim), h);
        expect(value === 0 ? 0 : value).toBe(at(h) === 0 ? 0 : at(h));
      }),
      { numRuns: 2000 },
    );
  });

  it('have one form', () => {
    expect(formatDim(floorDivide(subtract(H, 1), 2))).toBe('⌊(H+1)/2⌋−1');
    expect(sameSize(add(H, H), multiply(H, 2))).toBe(true);
    expect(sameSize(H, add(H, 1))).toBe(false);
    expect(sameSize(H, symbol('W'))).toBe('unknown');
    expect(formatDim(floorDivide(floorDivide(H, 2), 2))).toBe('⌊H/4⌋');
    expect(formatDim(floorDivide(add(multiply(H, 4), 1), 2))).toBe('2·H');
    expect(divideExactly(multiply(H, 6), 3)).toEqual(multiply(H, 2));
    expect(divideExactly(add(H, 1), 2)).toBeNull();
    expect(formatDim(multiply(multiply(H, H), symbol('W')))).toBe('H²·W');
  });

  it('are grouped where they are counts', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatCount(subtract(multiply(multiply(H, H), 1536), 2000))).toBe('1,536·H² − 2,000');
    expect(formatCount(floorDivide(subtract(H, 1), 2))).toBe('⌊(H + 1)/2⌋ − 1');
    expect(formatCount(multiply(H, -1))).toBe('−H');
  });
});

describe('formulas', () => {
  const conv = derive('Parameters', 'K·(F_h·F_w·C) + K', { K: 6, F_h: 5, F_w: 5, C: 1 });

  it('compute and explain themselves', () => {
    expect(toText(conv)).toEqual({ formula: 'K·(Fh·Fw·C) + K', substituted: '6·(5·5·1) + 6', value: '156' });
  });

  it('typeset', () => {
    const size = derive('Height', '⌊(H − F_h)/S_h⌋ + 1', { H: 28, F_h: 5, S_h: 2 });
    expect(toTex(size).formula).toBe('\\left\\lfloor \\frac{H - F_{\\mathrm{h}}}{S_{\\mathrm{h}}} \\right\\rfloor + 1');
    expect(toTex(size).substituted).toBe('\\left\\lfloor \\frac{28 - 5}{2} \\right\\rfloor + 1');
  });

  it('refuse what cannot be read', () => {
    expect(() => derive('', 'K +', { K: 1 })).toThrow(SyntaxError);
    expect(() => derive('', 'K·Q', { K: 1 })).toThrow(ReferenceError);
    expect(() => derive('', 'K/3', { K: 4 })).toThrow(RangeError);
  });
});

describe('declarations', () => {
  it('state parameters as the sum of their weights, in every random network', () => {
    fc.assert(
      fc.property(validNetwork, (document) => {
        for (const known of inferDocument(document, undefined).nodes.values()) {
          const counted = known.derivations.find(({ title }) => title === 'Parameters');
          const summed = known.weights.map(({ shape }) => product(shape)).reduce<Dim>(add, 0);
          if (counted) expect(counted.result).toBe(summed);
          expect(known.parameters).toBe(summed);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(LAYERS.map((layer) => [layer.type, layer] as const))('%s is complete', (type, layer) => {
    expect(type).toMatch(/^[a-z][A-Za-z0-9]*$/);
    expect(layer.summary).toMatch(/\.$/);
    expect(layer.docs.text.length).toBeGreaterThan(60);
    expect(layer.docs.source.url).toMatch(/^https:\/\//);
    for (const [name, spec] of Object.entries(layer.params)) {
      expect(spec.help, name).toMatch(/\.$/);
      expect(spec.read(spec.default as never), name).toEqual({ value: spec.default });
    }
    expect(layer.role === 'loss' || layer.keras !== undefined).toBe(true);
  });
});
