/** What every declaration owes, whatever its layer. */
import { readFileSync } from 'node:fs';
import { renderToString } from 'katex';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/document';
import { LAYERS, readKeras, writeKeras } from '@/layers';
import { LAYERS_PATH, layersText } from '../../scripts/support/layers';

describe('the table of layers', () => {
  it('is the one the declarations give; `npm run layers` writes it', () => {
    expect(readFileSync(LAYERS_PATH, 'utf8')).toBe(layersText());
  });
});

describe.each(LAYERS.map((layer) => [layer.type, layer] as const))('%s', (_, layer) => {
  it('can be read about', () => {
    expect(layer.docs.text.length).toBeGreaterThan(40);
    expect(layer.docs.source.url).toMatch(/^https:\/\//);
    expect(layer.summary).toMatch(/\.$/);
    const { formula } = layer.docs;
    // What computes nothing of its own: where data come in, and what stands for a layer that is not known here.
    if (layer.role === 'input' || layer.type === 'placeholder') return;
    expect(() => renderToString(formula ?? '', { throwOnError: true, strict: 'ignore' })).not.toThrow();
    expect(formula).toMatch(/\S/);
    for (const { editor } of Object.values(layer.params)) {
      if (editor.kind !== 'choice') continue;
      for (const { tex = '' } of editor.options)
        expect(() => renderToString(tex, { throwOnError: true, strict: 'ignore' })).not.toThrow();
    }
  });

  it('has no hyperparameter that waits for a value another cannot have', () => {
    for (const { onlyWhere } of Object.values(layer.params)) {
      if (!onlyWhere) continue;
      const other = layer.params[onlyWhere.param];
      for (const value of onlyWhere.is) expect(other?.read(value)).toEqual({ value });
    }
  });

  it('has defaults that it accepts', () => {
    for (const spec of Object.values(layer.params)) {
      expect(spec.read(structuredClone(spec.default) as Json), spec.label).toEqual({ value: spec.default });
    }
  });

  it('reads from Keras what it wrote', () => {
    if (!layer.keras || layer.keras.write) return;
    const params = Object.fromEntries(Object.entries(layer.params).map(([name, spec]) => [name, spec.default]));
    const tensor = { shape: [1, 4, 4, 2], dtype: 'float32' } as const;
    const { className, config } = writeKeras(layer, { params, inputs: [tensor], output: tensor });
    expect(readKeras(layer, className, config)).toEqual({ params: {} });
  });
});

it('types and titles are told apart', () => {
  expect(new Set(LAYERS.map(({ type }) => type)).size).toBe(LAYERS.length);
  expect(new Set(LAYERS.map(({ title }) => title)).size).toBe(LAYERS.length);
});
