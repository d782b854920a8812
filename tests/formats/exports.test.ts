import { io, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { datasetInfo } from '@/datasets';
import { setParams } from '@/document';
import { prepareBackends, startBackend, Trainer } from '@/engine';
import { initialise } from '@/engine/initialise';
import { EXPORTS, kerasJson, tfjsModel } from '@/formats';
import { GALLERY, galleryEntry } from '@/gallery';
import { inferDocument } from '@/inference';

const fieldsFor = (id: string) => datasetInfo(galleryEntry(id)?.document.training.dataset ?? '')?.fields;

/** Weights that show every mistake: all different, variances positive. */
function someWeights(id: string) {
  const { document } = galleryEntry(id) ?? {};
  if (!document) throw new Error(id);
  return compile(document, { fields: fieldsFor(id) }).weights.map(({ name, shape, weight }, at) => ({
    name,
    shape,
    data: initialise('randomUniform', shape, at).map((value) => (weight === 'moving_variance' ? 1 + value : 4 * value)),
  }));
}

/** Loads an export as anyone would: with tfjs as it comes, before this engine corrects anything. */
async function stockPrediction(id: string, input: Float32Array, shape: number[]): Promise<number[]> {
  const { document } = galleryEntry(id) ?? {};
  if (!document) throw new Error(id);
  const files = tfjsModel(document, fieldsFor(id), someWeights(id));
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
  const shape = (id: string) => [...(fieldsFor(id)?.image?.shape ?? [])];
  const inputFor = (id: string) =>
    Float32Array.from({ length: shape(id).reduce((a, b) => a * b, 1) }, (_, at) => ((at * 37) % 101) / 101);

  it('gives the same numbers in stock tfjs as here', async () => {
    await setBackend('cpu');
    const stock = new Map<string, number[]>();
    for (const { id } of GALLERY) stock.set(id, await stockPrediction(id, inputFor(id), shape(id)));
    prepareBackends();
    await startBackend('cpu');
    for (const { id, document } of GALLERY) {
      const network = compile(document, { fields: fieldsFor(id), logits: false });
      const losses = compile(document, { fields: fieldsFor(id), logits: true }).losses;
      const trainer = await Trainer.create({ ...network, losses }, document.training.phases, 1);
      trainer.setWeights(new Map(someWeights(id).map(({ name, data }) => [name, data])));
      const ours = [...(await trainer.predict([inputFor(id)], 0))];
      expect(stock.get(id)).toHaveLength(10);
      for (const [at, value] of ours.entries()) expect(value).toBeCloseTo(stock.get(id)?.[at] ?? Number.NaN, 5);
      trainer.dispose();
    }
  });

  it('refuses weights of another network', () => {
    const { document } = galleryEntry('lenet-5') ?? {};
    if (!document) throw new Error('no LeNet-5');
    const changed = setParams(document, 'dense1', { units: 100 });
    expect(() => tfjsModel(changed, fieldsFor('lenet-5'), someWeights('lenet-5'))).toThrow(
      /another network: “dense1\/kernel”/,
    );
  });
});

describe('every format', () => {
  const { document } = galleryEntry('lenet-5') ?? {};
  if (!document) throw new Error('no LeNet-5');
  const fields = fieldsFor('lenet-5');
  const context = {
    document,
    fields,
    inference: inferDocument(document, fields),
    weights: null,
    theme: 'light',
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
