// Stock tfjs computes with it; the engine loads it only where it is asked for.
import '@tensorflow/tfjs-backend-cpu';
import { io, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { datasetInfo } from '@/datasets';
import { type NetworkDocument, setParams } from '@/document';
import { prepareBackends, startBackend, Trainer } from '@/engine';
import { initialise } from '@/engine/initialise';
import { EXPORTS, kerasJson, tfjsModel } from '@/formats';
import { logisticRegression } from '@/gallery/basics/logisticRegression';
import { mlp } from '@/gallery/basics/mlp';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import { smallResnet } from '@/gallery/residual/smallResnet';
import { inferDocument } from '@/inference';
import { chain } from '../support/networks';

const fieldsOf = ({ training }: NetworkDocument) => datasetInfo(training.dataset ?? '')?.fields;

/** Layers at every row of the image. */
const rows: NetworkDocument = {
  ...chain(
    [28, 28, 1],
    ['timeDistributed', { layer: { type: 'conv1d', params: { filters: 2, kernelSize: 5, activation: 'relu' } } }],
    ['timeDistributed', { layer: { type: 'batchNormalization' } }],
    ['timeDistributed', { layer: { type: 'flatten' } }],
    ['timeDistributed', { layer: { type: 'flatten' } }],
    ['timeDistributed', { layer: { type: 'activation', params: { function: 'leakyRelu', slope: 0.1 } } }],
    ['timeDistributed', { layer: { type: 'dense', params: { units: 3, kernelRegularizer: { l1: 0, l2: 0.1 } } } }],
    ['lstm', { units: 10 }],
    ['crossEntropy', { target: 'label' }],
  ),
  training: { ...lenet5.training },
};

const NETWORKS = [lenet5, logisticRegression, mlp, smallResnet, rows];

/** Weights that show every mistake: all different, variances positive. */
function someWeights(document: NetworkDocument) {
  return compile(document, { fields: fieldsOf(document) }).weights.map(({ name, shape, weight }, at) => ({
    name,
    shape,
    data: initialise('randomUniform', shape, at).map((value) => (weight === 'moving_variance' ? 1 + value : 4 * value)),
  }));
}

/** Loads an export as anyone would: with tfjs as it comes, before this engine corrects anything. */
async function stockPrediction(document: NetworkDocument, input: Float32Array, shape: number[]): Promise<number[]> {
  const files = tfjsModel(document, fieldsOf(document), someWeights(document));
  const { modelTopology, weightsManifest } = JSON.parse(files['model.json']);
  const bytes = files['model.weights.bin'];
  if (!bytes) throw new Error('no weights were written');
  const weightData = bytes.slice().buffer;
  const model = await loadLayersModel(
    io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
  return [...(await (model.predict(tensor(input, [1, ...shape])) as Tensor).data())];
}

describe('the TensorFlow.js export', () => {
  const shape = (document: NetworkDocument) => [...(fieldsOf(document)?.image?.shape ?? [])];
  const inputFor = (document: NetworkDocument) =>
    Float32Array.from({ length: shape(document).reduce((a, b) => a * b, 1) }, (_, at) => ((at * 37) % 101) / 101);

  it('a stateful layer goes on from batch to batch in stock tfjs, too', async () => {
    await setBackend('cpu');
    const drawn = chain([3, 1], ['lstm', { units: 2, goBackwards: true, stateful: true }]);
    const document = { ...drawn, training: { ...drawn.training, batchSize: 2 } };
    const weights = compile(document, { fields: undefined }).weights.map(({ name, shape }, i) => ({
      name,
      shape,
      data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => Math.sin(1 + 0.7 * k + i) / 2),
    }));
    const files = tfjsModel(document, undefined, weights);
    const { modelTopology, weightsManifest } = JSON.parse(files['model.json']);
    const weightData = files['model.weights.bin']?.slice().buffer;
    if (!weightData) throw new Error('no weights were written');
    const model = await loadLayersModel(
      io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    );
    const found: number[] = [];
    for (const at of [0, 1]) {
      const values = Array.from({ length: 6 }, (_, k) => Math.sin(0.9 * (6 * at + k)));
      found.push(...(await (model.predict(tensor(values, [2, 3, 1])) as Tensor).data()));
    }
    // Keras 3.15.1, as in tests/engine/stateful.test.ts.
    const keras = [-0.107804, 0.012296, -0.126411, -0.00272, -0.026376, 0.111015, -0.175711, -0.096536];
    for (const [at, value] of keras.entries()) expect(found[at]).toBeCloseTo(value, 5);
  });

  it('gives the same numbers in stock tfjs as here', async () => {
    await setBackend('cpu');
    const stock = new Map<NetworkDocument, number[]>();
    for (const document of NETWORKS)
      stock.set(document, await stockPrediction(document, inputFor(document), shape(document)));
    prepareBackends();
    await startBackend('cpu');
    for (const document of NETWORKS) {
      const network = compile(document, { fields: fieldsOf(document), logits: false });
      const losses = compile(document, { fields: fieldsOf(document), logits: true }).losses;
      const trainer = await Trainer.create({ ...network, losses }, document.training.phases, 1);
      trainer.setWeights(new Map(someWeights(document).map(({ name, data }) => [name, data])));
      const ours = [...(await trainer.predict([inputFor(document)], 0))];
      expect(stock.get(document)).toHaveLength(10);
      for (const [at, value] of ours.entries()) expect(value).toBeCloseTo(stock.get(document)?.[at] ?? Number.NaN, 5);
      trainer.dispose();
    }
  });

  it('refuses weights of another network', () => {
    const changed = setParams(lenet5, 'dense1', { units: 100 });
    expect(() => tfjsModel(changed, fieldsOf(lenet5), someWeights(lenet5))).toThrow(
      /another network: “dense1\/kernel”/,
    );
  });
});

describe('every format', () => {
  const document = lenet5;
  const fields = fieldsOf(document);
  const context = {
    document,
    fields,
    inference: inferDocument(document, fields),
    weights: null,
    theme: 'light',
    direction: 'down',
  } as const;

  it.each(EXPORTS.map((format) => [format.id, format] as const))('%s writes a file', (_, format) => {
    const file = format.write({ ...context, document: { ...document, name: 'a/b\\c: "x"' } });
    expect(file.name).toMatch(/^abc x\.[a-z.]+$/);
    expect(file.data.length).toBeGreaterThan(300);
  });

  it('tfjs without weights is the topology alone', () => {
    const zip = EXPORTS.find(({ id }) => id === 'tfjs')?.write(context).data;
    if (!(zip instanceof Uint8Array)) throw new Error('no archive');
    expect(Object.keys(unzipSync(zip))).toEqual(['model.json']);
  });

  it('Keras JSON names what model_from_json needs', () => {
    const { class_name, config } = JSON.parse(kerasJson(document, fields));
    expect(class_name).toBe('Functional');
    expect(config.layers.map(({ class_name: name }: { class_name: string }) => name)).toEqual([
      'InputLayer',
      'Conv2D',
      'MaxPooling2D',
      'Conv2D',
      'MaxPooling2D',
      'Flatten',
      'Dense',
      'Dense',
      'Dense',
    ]);
    expect(config.layers.at(-1).config.activation).toBe('softmax');
  });
});
