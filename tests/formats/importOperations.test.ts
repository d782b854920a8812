/** Models in which tensors are indexed, multiplied and reshaped between layers: what they compute must be Keras's. */
import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { buildModel, setWeights } from '@/engine/model';
import { importKeras } from '@/formats/import';
import { inferDocument } from '@/inference';
import { expectClose, use } from '../engine/support';
import { ruled } from '../layers/rules';
import { forward } from '../support/passes';

interface Case {
  title: string;
  model: unknown;
  parameters: number;
  outputs: { shape: number[]; data: number[] }[];
}

const CASES: Case[] = JSON.parse(readFileSync('tests/fixtures/keras/operations.json', 'utf8'));

/** As the fixture's script fills every weight and input. */
const filled = (shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => Math.sin(1 + 0.7 * k) / 2);

describe('operations of Keras', () => {
  beforeAll(() => use('cpu'));

  it.each(CASES.map((given) => [given.title, given] as const))('%s', async (_, { model, parameters, outputs }) => {
    const { document } = importKeras(model);
    const { problems, totals } = inferDocument(document, undefined);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(totals?.parameters).toBe(parameters);

    const network = compile(document, { fields: undefined });
    const built = await buildModel(network, 1);
    setWeights(built, new Map(network.weights.map(({ name, shape }) => [name, filled(shape)])));
    const inputs = network.inputs.map(({ shape }) => {
      const sizes = [2, ...shape.map((size) => size ?? 1)];
      return tensor(filled(sizes), sizes);
    });
    const found: Tensor[] = forward(built, inputs, false);
    expect(found.map(({ shape }) => shape)).toEqual(outputs.map(({ shape }) => shape));
    for (const [at, output] of found.entries()) expectClose([...output.dataSync()], outputs[at]?.data ?? [], 2e-5);
    built.dispose();
  });
});

const L1 = { class_name: 'L1', config: { l1: 0.1 } };

/** A sequence of 5 steps, then one layer. */
const behindSequence = (class_name: string, config: Record<string, unknown>) =>
  importKeras({
    class_name: 'Sequential',
    config: {
      name: 'm',
      layers: [
        { class_name: 'InputLayer', config: { batch_shape: [null, 5, 4], name: 'x' } },
        { class_name, config: { name: 'n', ...config } },
      ],
    },
  }).document.graph;

describe('what is not quite a layer here', () => {
  const cell = (config = {}) => ({ class_name: 'LSTM', config: { name: 'a', units: 2, ...config } });

  it('two directions that differ are not taken for one layer read both ways', () => {
    const read = (backward: unknown) =>
      behindSequence('Bidirectional', { merge_mode: 'sum', layer: cell(), backward_layer: backward }).nodes.n?.type;
    expect(read(cell({ name: 'b', go_backwards: true }))).toBe('bidirectional');
    expect(read(cell({ name: 'b', go_backwards: true, activation: 'relu' }))).toBe('placeholder');
    expect(read({ ...cell({ name: 'b', go_backwards: true }), class_name: 'GRU' })).toBe('placeholder');
  });

  it('a penalty goes behind the layer only where Keras counts its output, and that alone', () => {
    const types = (className: string, config = {}) =>
      Object.values(behindSequence(className, { units: 2, activity_regularizer: L1, ...config }).nodes).map(
        ({ type }) => type,
      );
    expect(types('Dense')).toEqual(['input', 'dense', 'activityRegularization']);
    expect(types('LSTM')).toEqual(['input', 'lstm', 'activityRegularization']);
    expect(types('LSTM', { return_state: true })).toEqual(['input', 'placeholder']);
    expect(types('SimpleRNN')).toEqual(['input', 'placeholder']);
  });

  it('a frozen cell is a frozen layer', () => {
    const inner = (trainable: boolean) => ({ class_name: 'GRUCell', config: { name: 'c', units: 2, trainable } });
    expect(behindSequence('RNN', { cell: inner(false), trainable: true }).nodes.n).toMatchObject({
      type: 'gru',
      trainable: false,
    });
    expect(behindSequence('RNN', { cell: inner(true), trainable: true }).nodes.n?.trainable).toBeUndefined();
  });

  it('the only axis of a sample cannot be dropped', () => {
    const { problems, repairs } = ruled([5], 'slice', { axis: 1, size: 1, dropAxis: true });
    expect(problems).toEqual([expect.stringMatching(/^error: .*only one axis/)]);
    expect(repairs).toEqual(['Keep the axis']);
  });
});
