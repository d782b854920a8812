/** Models of TensorFlow.js, as it writes them itself. */
import { zeros } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model as modelOf, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, toTfjsTopology } from '@/compiler';
import { flatten } from '@/document';
import { prepareBackends, startBackend } from '@/engine';
import { importNetwork } from '@/formats/import';
import { inferDocument } from '@/inference';
import { toNullable } from '@/layers';
import { networkOf } from '../support/catalogue';

beforeAll(async () => {
  prepareBackends();
  await startBackend('cpu');
});

/** The file as `tf.LayersModel.save` writes it, without weights. */
const saved = (model: LayersModel): string =>
  JSON.stringify({
    format: 'layers-model',
    generatedBy: 'TensorFlow.js tfjs-layers v4.22.0',
    convertedBy: null,
    modelTopology: model.toJSON(null, false),
    weightsManifest: [{ paths: ['weights.bin'], weights: [] }],
  });

function opened(model: LayersModel) {
  const { document, notes } = importNetwork(saved(model));
  const inference = inferDocument(document, undefined);
  expect(notes).toEqual(['Weights in the file are not read: the network begins anew.']);
  expect(inference.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(inference.totals?.parameters).toBe(model.countParams());
  return { document, inference };
}

describe('a model of TensorFlow.js', () => {
  it('Sequential', () => {
    const model = sequential({ name: 'small' });
    model.add(layers.conv2d({ name: 'c', inputShape: [8, 8, 3], filters: 4, kernelSize: 3, activation: 'relu' }));
    model.add(layers.batchNormalization({ name: 'b' }));
    model.add(layers.maxPooling2d({ name: 'p', poolSize: 2 }));
    model.add(layers.flatten({ name: 'f' }));
    model.add(layers.dropout({ name: 'd', rate: 0.2 }));
    model.add(layers.dense({ name: 'o', units: 3, activation: 'softmax', trainable: false }));
    const { document, inference } = opened(model);
    expect(document.name).toBe('small');
    for (const { name, outputShape } of model.layers) {
      expect(toNullable(inference.nodes.get(name)?.output?.shape ?? []), name).toEqual(outputShape);
    }
    expect(document.graph.nodes.o?.trainable).toBe(false);
  });

  it('with a layer that is used twice, two inputs and two outputs', () => {
    const [a, b] = [input({ shape: [4], name: 'a' }), input({ shape: [4], name: 'b' })];
    const twin = layers.dense({ name: 'twin', units: 3 });
    const [x, y] = [twin.apply(a), twin.apply(b)] as (typeof a)[];
    const sum = layers.add({ name: 'sum' }).apply([x, y] as (typeof a)[]) as typeof a;
    const model = modelOf({
      inputs: [a, b],
      outputs: [sum, layers.dense({ name: 'o', units: 2 }).apply(y as typeof a) as typeof a],
    });
    const { document } = opened(model);
    expect(document.graph.nodes.twin_call2?.tiedTo).toBe('twin');
    expect(document.graph.edges).toContainEqual({ from: ['twin_call2', 'out'], to: ['o', 'in'] });
  });

  it('with a model in it that is called twice', () => {
    const i = input({ shape: [4], name: 'i' });
    const inner = modelOf({
      name: 'inner',
      inputs: i,
      outputs: layers.dense({ name: 'h', units: 4 }).apply(i) as typeof i,
    });
    const [a, b] = [input({ shape: [4], name: 'a' }), input({ shape: [4], name: 'b' })];
    const [x, y] = [inner.apply(a), inner.apply(b)] as (typeof a)[];
    const model = modelOf({
      inputs: [a, b],
      outputs: layers.concatenate({ name: 'c' }).apply([y, x] as (typeof a)[]) as typeof a,
    });
    const { document } = flatten(opened(model).document);
    expect(document.graph.nodes['inner_call2/h']?.tiedTo).toBe('inner/h');
    expect(document.graph.edges.filter(({ to }) => to[0] === 'c').map(({ from }) => from[0])).toEqual([
      'inner_call2/h',
      'inner/h',
    ]);
  });

  it('computes with the names it was given', () => {
    // What is opened here is what TensorFlow.js would have built: the same shapes for the same input.
    const model = sequential({ layers: [layers.dense({ name: 'd', units: 2, inputShape: [3] })] });
    const { inference } = opened(model);
    const given = model.predict(zeros([5, 3]));
    expect((Array.isArray(given) ? given[0] : given)?.shape).toEqual([5, inference.nodes.get('d')?.output?.shape[1]]);
  });
});

/** The layers of a topology, in whichever order they stand. */
function byName({ config }: { [key: string]: unknown }): object {
  const { layers: list, ...rest } = config as { layers: { name: string }[]; output_layers: string[][] };
  const ends = rest.output_layers.map(String).sort();
  return { ends, ...Object.fromEntries(list.map((layer) => [layer.name, layer])) };
}

describe('our own TensorFlow.js export', () => {
  it.each(Array.from({ length: 60 }, (_, at) => [at + 1]))('of random network %d opens as it was', (seed) => {
    const document = networkOf(seed, 2 + (seed % 6));
    const { model } = compile(document, { fields: undefined });
    const topology = toTfjsTopology(model);
    const { document: again, notes } = importNetwork(
      JSON.stringify({ generatedBy: 'Tensorloom', modelTopology: topology }),
    );
    expect(notes).toEqual([]);
    const [before, after] = [inferDocument(document, undefined), inferDocument(again, undefined)];
    expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(after.totals?.parameters).toEqual(before.totals?.parameters);
    expect(byName(toTfjsTopology(compile(again, { fields: undefined }).model))).toEqual(byName(topology));
  });
});
