import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/document';
import { inferDocument } from '@/inference';
import { toNullable } from '@/layers';
import { chain } from '../support/networks';

interface Case {
  layer: string;
  kwargs: Record<string, Json>;
  input: number[];
  output: number[];
  params: number;
  non_trainable?: number;
  weights: Record<string, number[]>;
  source?: string;
}

const { cases } = JSON.parse(readFileSync('tests/fixtures/keras-layers.json', 'utf8')) as { cases: Case[] };

/** Keras class → type, and its arguments → ours. `null`: an argument that changes neither shape nor count. */
const TYPES: Record<string, { type: string; params: Record<string, string | null> }> = {
  Dense: {
    type: 'dense',
    params: {
      units: 'units',
      activation: 'activation',
      use_bias: 'useBias',
      kernel_initializer: null,
      bias_initializer: null,
      kernel_regularizer: null,
      bias_regularizer: null,
    },
  },
  Conv2D: {
    type: 'conv2d',
    params: {
      filters: 'filters',
      kernel_size: 'kernelSize',
      strides: 'strides',
      padding: 'padding',
      dilation_rate: 'dilation',
      groups: 'groups',
      activation: 'activation',
      use_bias: 'useBias',
      data_format: null,
    },
  },
  MaxPooling2D: {
    type: 'maxPooling2d',
    params: { pool_size: 'poolSize', strides: 'strides', padding: 'padding', data_format: null },
  },
  AveragePooling2D: {
    type: 'averagePooling2d',
    params: { pool_size: 'poolSize', strides: 'strides', padding: 'padding', data_format: null },
  },
  GlobalAveragePooling2D: { type: 'globalAveragePooling2d', params: { keepdims: 'keepdims', data_format: null } },
  Flatten: { type: 'flatten', params: {} },
  Reshape: { type: 'reshape', params: { target_shape: 'targetShape' } },
  Dropout: { type: 'dropout', params: { rate: 'rate' } },
  BatchNormalization: {
    type: 'batchNormalization',
    params: { center: 'center', scale: 'scale', beta_regularizer: null, gamma_regularizer: null },
  },
  Activation: { type: 'activation', params: { activation: 'function' } },
};

/** What Keras offers and this set does not: another axis order, LoRA, renormalisation, quantised weights. */
const BEYOND = new Set(['lora_rank', 'dtype', 'renorm', 'renorm_clipping']);

const ours = cases.filter(
  ({ layer, kwargs }) =>
    TYPES[layer] !== undefined &&
    kwargs.data_format !== 'channels_first' &&
    !Object.keys(kwargs).some((key) => BEYOND.has(key)),
);

describe('Keras’s own cases', () => {
  it('cover the set', () => expect(ours.length).toBeGreaterThan(110));

  it.each(ours.map((given) => [`${given.layer} ${JSON.stringify(given.kwargs)} on ${given.input}`, given] as const))(
    '%s',
    (_, given) => {
      const spelling = TYPES[given.layer];
      if (!spelling) throw new Error(given.layer);
      const params: Record<string, Json> = {};
      for (const [key, value] of Object.entries(given.kwargs)) {
        const name = spelling.params[key];
        if (name === undefined) throw new Error(`${given.layer} has no ${key} in this table`);
        if (name !== null) params[name] = value;
      }
      const inference = inferDocument(chain(given.input.slice(1), [spelling.type, params]), undefined);
      expect(inference.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const known = inference.nodes.get('n1');
      expect(toNullable(known?.output?.shape ?? []).slice(1)).toEqual(given.output.slice(1));
      expect(known?.parameters).toBe(given.params);
      expect(known?.weights.map(({ name, shape }) => [name, shape])).toEqual(
        Object.entries(given.weights ?? {}).length > 0
          ? Object.entries(given.weights).map(([name, shape]) => [name.replace(/#\d+$/, ''), shape])
          : known?.weights.map(({ name, shape }) => [name, shape]),
      );
      if (given.non_trainable !== undefined) {
        expect(Number(known?.parameters) - Number(known?.trainable)).toBe(given.non_trainable);
      }
    },
  );
});

describe('LeNet-5', () => {
  it('has the published maps and counts', async () => {
    const { galleryEntry } = await import('@/gallery');
    const { datasetInfo } = await import('@/datasets');
    const document = galleryEntry('lenet-5')?.document;
    if (!document) throw new Error('no LeNet-5');
    const inference = inferDocument(document, datasetInfo('mnist')?.fields);
    const rows = inference.order.map((id) => {
      const known = inference.nodes.get(id);
      return [id, known?.output?.shape.slice(1).join('·'), known?.parameters];
    });
    expect(rows).toEqual([
      ['image', '28·28·1', 0],
      ['conv1', '28·28·6', 156],
      ['pool1', '14·14·6', 0],
      ['conv2', '10·10·16', 2_416],
      ['pool2', '5·5·16', 0],
      ['flatten', '400', 0],
      ['dense1', '120', 48_120],
      ['dense2', '84', 10_164],
      ['dense3', '10', 850],
      ['loss', '', 0],
    ]);
    expect(inference.totals).toMatchObject({ parameters: 61_706, trainable: 61_706, nonTrainable: 0, macs: 416_520 });
    expect(inference.problems).toEqual([]);
  });
});
