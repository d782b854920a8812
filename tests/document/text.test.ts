import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DocumentError,
  formatDocument,
  type NetworkDocument,
  parseDocument,
  parseFragment,
  setParams,
} from '@/document';
import { formatNative, parseNative } from '@/formats';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import { chain, validNetwork } from '../support/networks';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
};

describe('the native format', () => {
  it('is one text for one network, whatever the order of keys', () => {
    fc.assert(
      fc.property(validNetwork, (document) => {
        const text = formatNative(document);
        expect(formatNative(parseNative(text))).toBe(text);
        expect(formatNative(shuffled(document) as NetworkDocument)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves defaults out, and nothing else', () => {
    const document = chain([8, 8, 1], ['conv2d', { filters: 32, kernelSize: [3, 3], strides: [2, 2], useBias: true }]);
    expect(JSON.parse(formatNative(document)).graph.nodes.n1.params).toEqual({ strides: [2, 2] });
    expect(JSON.parse(formatDocument(document)).graph.nodes.n1.params.filters).toBe(32);
    expect(JSON.parse(formatNative(document)).training).toBeUndefined();
  });

  it('keeps unknown layer types and their parameters', () => {
    const document = chain([4], ['somethingNew', { depth: [1, { a: null }] }]);
    expect(parseNative(formatNative(document))).toEqual(document);
  });

  it('changes one line for one changed parameter', () => {
    const before = formatNative(lenet5).split('\n');
    const after = formatNative(setParams(lenet5, 'conv2', { filters: 17 })).split('\n');
    expect(after.filter((line, at) => line !== before[at])).toHaveLength(1);
    expect(after).toHaveLength(before.length);
  });
});

describe('a broken file', () => {
  const lenet = formatNative(lenet5);

  it.each([
    ['names the line', lenet.replace('"edges": [', '"edges": [,'), /^Line \d+, column \d+: this is not JSON/],
    ['names the end', lenet.slice(0, 200), /^Line \d+, column \d+: this is not JSON/],
    ['names the path', lenet.replace('"type": "flatten"', '"type": 7'), /^At graph\.nodes\.flatten\.type: /],
    [
      'names the wire',
      lenet.replace('["pool2", "out"]', '["pool9", "out"]'),
      /^At graph\.edges\[4\]: there is no node "pool9"/,
    ],
    ['is no network', '{"hello": 1}', /^At format: /],
    ['is no object', '[]', /^The file: /],
    ['comes from the future', lenet.replace('"version": 1', '"version": 99'), /^At version: /],
    ['has a strange setting', lenet.replace('"epochs": 3', '"epochs": -3'), /^At training\.epochs: /],
    ['would change prototypes', lenet.replace('"flatten":', '"__proto__":'), /__proto__|there is no node/],
  ])('%s', (_, text, message) => {
    expect(() => parseDocument(text)).toThrow(DocumentError);
    expect(() => parseDocument(text)).toThrow(message);
  });

  it('is refused on the clipboard, too', () => {
    expect(() => parseFragment('hello')).toThrow(DocumentError);
    expect(() => parseFragment('{"nodes":{}}')).toThrow(DocumentError);
  });
});

describe('migrations', () => {
  it('open a file of version 0', () => {
    const document = parseDocument(readFileSync('tests/fixtures/documents/version-0.json', 'utf8'));
    expect(document.version).toBe(1);
    expect(Object.keys(document.graph.nodes)).toEqual(['image', 'flatten', 'dense', 'loss']);
    expect(document.training).toMatchObject({ dataset: 'digits', epochs: 4, batchSize: 64 });
    expect(document.training.phases[0]?.optimizer).toEqual({
      type: 'sgd',
      learningRate: 0.5,
      momentum: 0,
      nesterov: false,
    });
  });
});
