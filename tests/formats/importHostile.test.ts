/** Files that are broken, huge, deep or meant to do harm: each ends in a network or in words. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { deflateSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { kerasJson, parseNative } from '@/formats';
import { ImportError, importFile, importKeras, importNetwork } from '@/formats/import';
import { formatNative } from '@/formats/native';
import { inferDocument } from '@/inference';
import { randomOf } from '../support/networks';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const FILES = [2, 3].flatMap((version) =>
  (JSON.parse(readFileSync(`tests/fixtures/keras/models-keras${version}.json`, 'utf8')) as { model: Json }[]).map(
    ({ model }) => JSON.stringify(model),
  ),
);

/** All places in a file: the list or object, and the key in it. */
function placesIn(value: Json, found: [holder: Json[] | { [key: string]: Json }, key: string][] = []): typeof found {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push([value, key]);
    placesIn(inner, found);
  }
  return found;
}

const JUNK: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1e9,
  0.5,
  '',
  'x',
  '__proto__',
  'constructor',
  [],
  {},
  [[]],
  [null],
  { $tensor: 7 },
];

/** The file with some of its places changed. */
function mutated(text: string, seed: number): Json {
  const random = randomOf(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const file = JSON.parse(text) as Json;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const places = placesIn(file);
    const [holder, key] = pick(places);
    const slot = holder as { [key: string]: Json };
    const kind = random();
    if (kind < 0.4) slot[key] = structuredClone(pick(JUNK));
    else if (kind < 0.6 && Array.isArray(holder)) holder.splice(Number(key), 1);
    else if (kind < 0.6) delete slot[key];
    else if (kind < 0.8) {
      const [other, from] = pick(places);
      slot[key] = structuredClone((other as { [key: string]: Json })[from] ?? null);
    } else if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)] ?? null));
    else
      slot[pick(['__proto__', 'name', 'class_name', 'config', 'inbound_nodes'])] = structuredClone(slot[key] ?? null);
  }
  return file;
}

describe('a valid file, changed anywhere', () => {
  it('opens or is refused in words, and what opens can be drawn, saved and written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FILES), fc.nat(), (text, seed) => {
        const file = mutated(text, seed);
        let document: ReturnType<typeof importKeras>['document'];
        try {
          ({ document } = importKeras(file));
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError);
          expect((error as Error).message).toMatch(/\.$/);
          return;
        }
        inferDocument(document, undefined);
        expect(parseNative(formatNative(document)).graph.edges).toEqual(document.graph.edges);
        try {
          kerasJson(document, undefined);
        } catch (error) {
          expect((error as Error).name).toBe('CompileError');
        }
      }),
      { numRuns: Number(process.env.FILES ?? 1500) },
    );
  });
});

const layer = (name: string, from: string | null, more: object = {}) => ({
  class_name: 'Activation',
  config: { name, activation: 'relu' },
  name,
  inbound_nodes: from === null ? [] : [[[from, 0, 0, {}]]],
  ...more,
});

const input = { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_shape: [null, 4] }, inbound_nodes: [] };

const functional = (layers: object[], end: string) => ({
  class_name: 'Functional',
  config: { name: 'net', layers, input_layers: [['x', 0, 0]], output_layers: [[end, 0, 0]] },
});

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError);
    return (error as Error).message;
  }
  throw new Error('it was not refused');
};

describe('what is too much', () => {
  it('ten thousand layers from the last to the first open', () => {
    const layers = Array.from({ length: 10_000 }, (_, at) => layer(`n${at}`, at === 0 ? 'x' : `n${at - 1}`));
    const { document } = importKeras(functional([...layers.reverse(), input], 'n9999'));
    expect(Object.keys(document.graph.nodes)).toHaveLength(10_001);
  });

  it('models that hold each other many times over', () => {
    // Each calls what is in it twice, forty deep: 2⁴⁰ layers in a file of a few kilobytes.
    const model = (inner: object, first: number) => {
      const called = { ...inner, name: 'a', inbound_nodes: [[['x', 0, 0, {}]], [['a', first, 0, {}]]] };
      const config = { layers: [input, called], input_layers: [['x', 0, 0]], output_layers: [['a', first + 1, 0]] };
      return { class_name: 'Functional', name: 'a', config };
    };
    let whole = model(layer('a', 'x'), 0);
    for (let depth = 1; depth < 40; depth++) whole = model(whole, 1);
    expect(refusal(() => importKeras(whole))).toMatch(/more than 50000 layers/);
  });

  it('lists within lists', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(refusal(() => importKeras(functional([input, layer('a', 'x', { inbound_nodes: deep })], 'a')))).toMatch(
      /nested/,
    );
    const inText = JSON.stringify(functional([input, layer('a', 'x', { config: 'DEEP' })], 'a'));
    const model_config = inText.replace('"DEEP"', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
    expect(refusal(() => importKeras({ model_config }))).toMatch(/nested/);
  });

  it('an output of a number no layer has', () => {
    const wires = [[['a', 0, 999_999, {}]]];
    expect(
      refusal(() => importKeras(functional([input, layer('a', 'x'), layer('b', 'a', { inbound_nodes: wires })], 'b'))),
    ).toMatch(/“a” has no output/);
  });
});

describe('names that objects keep for themselves', () => {
  it('are layers like any others', () => {
    const text = JSON.stringify(functional([input, layer('PROTO', 'x'), layer('constructor', 'PROTO')], 'constructor'));
    const { document } = importNetwork(text.replaceAll('PROTO', '__proto__'));
    const { nodes, edges } = document.graph;
    expect(Object.getPrototypeOf(nodes)).toBe(Object.prototype);
    expect(Object.values(nodes).map(({ name, type }) => [type, name])).toContainEqual(['activation', '__proto__']);
    expect(edges.map(({ to }) => to[0])).toContain('constructor');
    expect(({} as { relu?: unknown }).relu).toBeUndefined();
  });

  it('in settings change no object', () => {
    const odd = JSON.parse(
      '{"class_name":"Odd","name":"o","config":{"__proto__":{"bad":1},"name":"o"},"inbound_nodes":[[["x",0,0,{"__proto__":{"bad":1}}]]]}',
    );
    const { document } = importKeras(functional([input, odd], 'o'));
    expect(document.graph.nodes.o?.type).toBe('placeholder');
    expect(({} as { bad?: unknown }).bad).toBeUndefined();
    parseNative(formatNative(document));
  });
});

describe('what is wrong is said with the layer it is wrong at', () => {
  const whole = functional([input, layer('a', 'x')], 'a');

  it.each([
    [
      'a layer without a class',
      functional([input, { name: 'b', config: {} }], 'x'),
      /Layer 2 \(“b”\) cannot be read at class_name/,
    ],
    ['a layer that is none', functional([input, 7 as unknown as object], 'x'), /Layer 2 cannot be read/],
    ['settings that are a list', functional([input, layer('a', 'x', { config: [] })], 'a'), /“a”.* at config/],
    [
      'a wire from nowhere',
      functional([input, layer('a', 'gone')], 'a'),
      /“a” is wired to “gone”, which is not in the file/,
    ],
    [
      'a wire from a call that is none',
      functional([input, layer('a', 'x'), layer('b', 'a', { inbound_nodes: [[['a', 3, 0, {}]]] })], 'b'),
      /“b” is wired to a call of “a” that does not exist/,
    ],
    ['an output that is not there', functional([input], 'gone'), /The output of “net” is wired to “gone”/],
    ['a circle', functional([input, layer('a', 'b'), layer('b', 'a')], 'b'), /“a” on run in a circle/],
    [
      'a wire that is none',
      functional([input, layer('a', 'x', { inbound_nodes: [[['x']]] })], 'a'),
      /into “a” does not say/,
    ],
    [
      'a model of code alone',
      { class_name: 'MyModel', config: { units: 3 } },
      /“MyModel” cannot be opened: only Sequential and Functional/,
    ],
    ['a model without layers', { class_name: 'Functional', config: { layers: [] } }, /no layers/],
    ['no model', { hello: 1 }, /no class name and config/],
    ['nothing', null, /no class name and config/],
  ])('%s', (_, json, words) => {
    expect(refusal(() => importKeras(json))).toMatch(words);
  });

  it('an inner model that is called with too little', () => {
    const two = { ...input, name: 'y' };
    const config = {
      name: 'm',
      layers: [input, two],
      input_layers: [
        ['x', 0, 0],
        ['y', 0, 0],
      ],
      output_layers: [['x', 0, 0]],
    };
    const inner = { class_name: 'Functional', name: 'm', config, inbound_nodes: [[['x', 0, 0, {}]]] };
    const model = { ...functional([input, inner], 'm') };
    expect(refusal(() => importKeras(model))).toMatch(/“m” takes 2 tensors, but is given 1/);
  });

  it('a file of another kind', () => {
    expect(refusal(() => importNetwork(new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a])))).toMatch(/HDF5/);
    expect(refusal(() => importNetwork(new Uint8Array([0xff, 0xfe, 0, 0x80])))).toMatch(/no text/);
    expect(() => importNetwork('hello')).toThrow(/Line 1, column \d: this is not JSON/);
    expect(importNetwork(JSON.stringify(whole)).document.name).toBe('net');
  });
});

describe('a .keras file', () => {
  const text = JSON.stringify(functional([input, layer('a', 'x')], 'a'));
  const whole = zipSync(
    {
      'metadata.json': strToU8('{}'),
      'config.json': [strToU8(text), { level: 9 }],
      'model.weights.h5': new Uint8Array(50_000),
    },
    { level: 0 },
  );
  const reads: [number, number][] = [];
  const source = (bytes: Uint8Array) => ({
    size: bytes.length,
    read: async (from: number, to: number) => {
      reads.push([from, to]);
      return bytes.slice(from, to);
    },
  });

  it('gives the same read in pieces, of which the weights are none', async () => {
    const big = zipSync({ 'config.json': strToU8(text), 'model.weights.h5': new Uint8Array(3_000_000) }, { level: 0 });
    reads.length = 0;
    expect(await importFile(source(big))).toEqual(importNetwork(big));
    expect(reads.reduce((sum, [from, to]) => sum + to - from, 0)).toBeLessThan(100_000);
    expect(importNetwork(whole).document).toEqual(importNetwork(text).document);
  });

  it('cut off or changed at any byte opens or is refused in words', () => {
    for (let at = 0; at < whole.length; at += at < 2000 || at > whole.length - 400 ? 7 : 5000) {
      for (const bytes of [whole.slice(0, at), whole.map((byte, index) => (index === at ? byte ^ 0xff : byte))]) {
        if (bytes.length === 0) continue;
        try {
          importNetwork(bytes);
        } catch (error) {
          expect((error as Error).name, `byte ${at}`).toMatch(/^(ImportError|DocumentError)$/);
        }
      }
    }
  });

  it('that would grow without end is refused', () => {
    const zeros = deflateSync(new Uint8Array(30_000_000), { level: 9 });
    expect(zeros.length).toBeLessThan(60_000);
    const bomb = zipSync({ 'config.json': [new Uint8Array(30_000_000), { level: 9 }] });
    // It says that it holds little, and holds much.
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    const list = view.getUint32(bomb.length - 6, true);
    view.setUint32(list + 24, 100, true);
    expect(refusal(() => importNetwork(bomb))).toMatch(/broken archive|no JSON/);
    view.setUint32(list + 24, 0x7fffffff, true);
    expect(refusal(() => importNetwork(bomb))).toMatch(/too large/);
  });

  it('without a model, or a text too large for one', async () => {
    expect(refusal(() => importNetwork(zipSync({ 'a.txt': new Uint8Array(3) })))).toMatch(/no config\.json/);
    const huge = { size: 60_000_000, read: async (from: number, to: number) => new Uint8Array(Math.min(to - from, 4)) };
    await expect(importFile(huge)).rejects.toThrow(/too large/);
  });
});
