/** What a layer at every step costs, refuses, and is called elsewhere. */
import { describe, expect, it } from 'vitest';
import type { Json, NetworkDocument } from '@/document';
import { rowsOf } from '@/editor/inspector/params/rows';
import { kerasJson } from '@/formats';
import { importKeras } from '@/formats/import';
import { applyRepair, inferDocument } from '@/inference';
import { type LayerDeclaration, layerOf } from '@/layers';
import { chain } from '../support/networks';

const over = (shape: (number | null)[], type: string, params?: Record<string, Json>): NetworkDocument =>
  chain(shape, ['timeDistributed', { layer: { type, ...(params && { params }) } }]);

const insideOf = (document: NetworkDocument) => document.graph.nodes.n1?.params?.layer;

const timeDistributed = layerOf('timeDistributed') as LayerDeclaration;

describe('a layer at every step', () => {
  it('has the inner layer’s weights once and its work at each step', () => {
    const known = inferDocument(over([10, 28, 28, 3], 'conv2d', { filters: 4, kernelSize: 3 }), undefined).nodes.get(
      'n1',
    );
    expect(known?.output?.shape.slice(1)).toEqual([10, 26, 26, 4]);
    expect(known?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [3, 3, 3, 4]],
      ['bias', [4]],
    ]);
    expect(known?.parameters).toBe(3 * 3 * 3 * 4 + 4);
    expect(known?.macs).toBe(10 * 26 * 26 * 4 * 27);
    // Of each frame it sees what the convolution sees, and of time one step.
    expect(known?.receptiveField?.size).toEqual([1, 3, 3]);
  });

  it('knows sequences of any length', () => {
    const known = inferDocument(over([null, 7], 'dense', { units: 3 }), undefined).nodes.get('n1');
    expect(known?.output?.shape.slice(2)).toEqual([3]);
    expect(known?.parameters).toBe(24);
  });

  it('says what the inner layer has against a step, and mends it inside', () => {
    const document = over([4, 7, 5], 'conv2d');
    const inference = inferDocument(document, undefined);
    const [problem] = inference.problems;
    expect(problem?.message).toBe('Conv2D at every step needs 4 axes, time first, but gets 4×7×5.');

    const narrow = over([4, 2, 2, 1], 'conv2d', { filters: 3, kernelSize: 3 });
    const found = inferDocument(narrow, undefined);
    const [small] = found.problems;
    const same = small?.repairs.find(({ title }) => /same/i.test(title));
    expect(small?.message).toMatch(/^At every step: /);
    if (!small || !same) throw new Error(`no such repair: ${JSON.stringify(small)}`);
    const mended = applyRepair(narrow, small, same, found);
    expect(insideOf(mended)).toMatchObject({ type: 'conv2d', params: { filters: 3, padding: 'same' } });
    expect(inferDocument(mended, undefined).problems).toEqual([]);
  });

  it('has a problem for a layer that cannot be inside, and for settings that the inner layer does not have', () => {
    const message = (document: NetworkDocument) => inferDocument(document, undefined).problems[0]?.message;
    for (const type of ['add', 'input', 'crossEntropy', 'timeDistributed', 'activityRegularization', 'split', 'none'])
      expect(message(over([4, 7], type))).toBe(`There can be no layer “${type}” inside.`);
    expect(message(over([4, 7], 'dense', { units: 0 }))).toMatch(/^Dense: Units must be/);
    expect(message(over([4, 7], 'dense', { filters: 3 }))).toBe('Dense: Dense has no “filters”.');
    expect(message(over([4, 7, 2], 'lstm', { returnState: true }))).toMatch(/several outputs/);
  });
});

describe('in Keras', () => {
  it.each([
    ['dense', { units: 3, activation: 'softmax' }, [4, 7]],
    ['conv2d', { filters: 2, kernelSize: [5, 3], padding: 'same' }, [3, 8, 8, 1]],
    ['lstm', { units: 5, returnSequences: true }, [3, 4, 2]],
    ['bidirectional', { cell: 'gru', units: 5 }, [3, 4, 2]],
    ['batchNormalization', { momentum: 0.9 }, [3, 4]],
    ['globalMaxPooling2d', undefined, [3, 4, 4, 2]],
    ['localResponseNormalization', { depthRadius: 3 }, [3, 4, 4, 2]],
  ] as const)('%s inside comes back as it went', (type, params, shape) => {
    const document = over([...shape], type, params as Record<string, Json> | undefined);
    const { document: back, notes } = importKeras(JSON.parse(kerasJson(document, undefined)));
    expect(insideOf(back)).toEqual(insideOf(document));
    expect(notes).toEqual([]);
  });

  /** As tf.keras 2.15 writes it. */
  const old = (inner: { [key: string]: Json }): Json => ({
    class_name: 'Functional',
    config: {
      name: 'model',
      layers: [
        {
          class_name: 'InputLayer',
          config: { batch_input_shape: [null, 3, 8, 8, 1], dtype: 'float32', sparse: false, ragged: false, name: 'i' },
          name: 'i',
          inbound_nodes: [],
        },
        {
          class_name: 'TimeDistributed',
          config: { name: 'n1', trainable: true, dtype: 'float32', layer: inner },
          name: 'n1',
          inbound_nodes: [[['i', 0, 0, {}]]],
        },
      ],
      input_layers: [['i', 0, 0]],
      output_layers: [['n1', 0, 0]],
    },
    keras_version: '2.15.0',
    backend: 'tensorflow',
  });

  it('opens what Keras 2 wrote, without its leftovers', () => {
    const initializer = { class_name: 'GlorotUniform', config: { seed: null } };
    const config = {
      name: 'dw',
      trainable: false,
      dtype: 'float32',
      kernel_size: [3, 3],
      strides: [1, 1],
      padding: 'same',
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      groups: 1,
      activation: 'relu',
      use_bias: true,
      kernel_initializer: initializer,
      bias_initializer: { class_name: 'Zeros', config: {} },
      depth_multiplier: 2,
      depthwise_initializer: initializer,
    };
    const { document, notes } = importKeras(old({ class_name: 'DepthwiseConv2D', config }));
    expect(document.graph.nodes.n1).toMatchObject({
      trainable: false,
      params: { layer: { type: 'depthwiseConv2d', params: { padding: 'same', depthMultiplier: 2 } } },
    });
    expect(notes).toEqual([]);
  });

  it('keeps as a placeholder what holds something unknown', () => {
    for (const class_name of ['Mystery', 'Functional', 'LocalResponseNormalization', 'Add']) {
      const { document, notes } = importKeras(old({ class_name, config: { name: 'x' } }));
      expect(document.graph.nodes.n1?.type).toBe('placeholder');
      expect(notes.join()).toContain(`Around ${class_name} it is not known here.`);
    }
  });
});

describe('in the inspector', () => {
  const node = (layer: Json) => ({ type: 'timeDistributed', params: { layer } });

  it('the inner layer’s settings are fields of their own', () => {
    const rows = rowsOf(timeDistributed, [node({ type: 'dense', params: { units: 3 } })]);
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(['layer', 'layer/units', 'layer/activation']));
    expect(rows[0]?.raws).toEqual(['dense']);
    const units = rows.find(({ key }) => key === 'layer/units');
    expect(units?.raws).toEqual([3]);
    const given = node({ type: 'dense', params: { units: 3, useBias: false } });
    expect(units?.write(given, 5)).toEqual({ type: 'dense', params: { units: 5, useBias: false } });
    expect(units?.write(given, undefined)).toEqual({ type: 'dense', params: { useBias: false } });
    expect(rows[0]?.write(given, 'conv2d')).toEqual({ type: 'conv2d' });
  });

  it('of several nodes only what they have in common', () => {
    const rows = rowsOf(timeDistributed, [node({ type: 'dense' }), node('flatten'), { type: 'timeDistributed' }]);
    expect(rows.map(({ key }) => key)).toEqual(['layer']);
    expect(rows[0]?.raws).toEqual(['dense', 'flatten', undefined]);
  });
});
