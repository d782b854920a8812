/** Keras 3.15.1's own shapes and counts, layer by layer, through the reader of Keras configs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Edge, Json, NetworkNode } from '@/document';
import { inferDocument } from '@/inference';
import { layerOfKeras, readKeras, toNullable } from '@/layers';
import { asDocument } from '../support/networks';

interface Case {
  layer: string;
  kwargs: Record<string, Json>;
  /** One shape, several in a list, or several by name. */
  input: number[] | number[][] | Record<string, number[]>;
  output: number[];
  params: number;
  non_trainable?: number;
  weights?: Record<string, number[]>;
}

const { cases } = JSON.parse(readFileSync('tests/fixtures/keras-layers.json', 'utf8')) as { cases: Case[] };

/** What Keras stores in fewer bits; this product's weights are float32, and dtype is dropped in reading. */
const isQuantised = ({ kwargs }: Case): boolean => typeof kwargs.dtype === 'string' && kwargs.dtype.includes('_from_');

const shapesOf = ({ input }: Case): number[][] => {
  if (!Array.isArray(input)) return Object.values(input);
  return Array.isArray(input[0]) ? (input as number[][]) : [input as number[]];
};

/** An axis of no values is none a data set has; one of any size stands for it. */
const orUnknown = (size: number): number | null => (size === 0 ? null : size);

/** The layer with inputs of the given shapes. */
function documentOf(given: Case) {
  const layer = layerOfKeras(given.layer);
  if (!layer) throw new Error(`no layer for ${given.layer}`);
  const read = readKeras(layer, given.layer, given.kwargs);
  if ('unsupported' in read) throw new Error(read.unsupported);
  const nodes: Record<string, NetworkNode> = { layer: { type: layer.type, params: read.params } };
  const edges: Edge[] = [];
  const ports = Object.keys(layer.inputs);
  for (const [at, shape] of shapesOf(given).entries()) {
    nodes[`input${at}`] = { type: 'input', params: { shape: shape.slice(1).map(orUnknown) } };
    const port = layer.inputs[ports[at] ?? '']?.many === false || ports[at] ? ports[at] : ports[0];
    edges.push({ from: [`input${at}`, 'out'], to: ['layer', port ?? 'in'] });
  }
  return asDocument(nodes, edges);
}

describe('Keras’s own cases', () => {
  const all = cases.filter((given) => !isQuantised(given));

  it('are nearly all of them', () => expect(cases.length - all.length).toBe(10));

  it.each(
    all.map(
      (given) => [`${given.layer} ${JSON.stringify(given.kwargs)} on ${JSON.stringify(given.input)}`, given] as const,
    ),
  )('%s', (_, given) => {
    const inference = inferDocument(documentOf(given), undefined);
    expect(inference.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const known = inference.nodes.get('layer');
    expect(toNullable(known?.output?.shape ?? []).slice(1)).toEqual(given.output.slice(1).map(orUnknown));
    expect(known?.parameters).toBe(given.params);
    if (given.weights && Object.keys(given.weights).length > 0) {
      const names = Object.entries(given.weights).map(([name, shape]) => [name.replace(/#\d+$/, ''), shape]);
      expect(known?.weights.map(({ name, shape }) => [name.split('/').at(-1), shape])).toEqual(names);
    }
    if (given.non_trainable !== undefined) {
      expect(Number(known?.parameters) - Number(known?.trainable)).toBe(given.non_trainable);
    }
  });
});
