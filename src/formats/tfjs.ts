/** A TensorFlow.js layers model: `model.json` and its weights, for `tf.loadLayersModel`. */
import { compile, toTfjsTopology } from '@/compiler';
import type { NetworkDocument } from '@/document';
import type { FieldsOf } from '@/inference';

/** Trained weights by `layer/weight` name, float32, row-major. */
export type NamedTensors = readonly { name: string; shape: readonly number[]; data: Float32Array }[];

export interface TfjsFiles {
  'model.json': string;
  'model.weights.bin'?: Uint8Array;
}

/**
 * Without weights the model is the topology alone, and loads with freshly initialised ones.
 * @throws CompileError while the network has problems
 * @throws RangeError where the weights are another network's
 */
export function tfjsModel(document: NetworkDocument, fields: FieldsOf, trained: NamedTensors | null): TfjsFiles {
  const { model, weights } = compile(document, { fields });
  const json = {
    format: 'layers-model',
    generatedBy: 'Tensorloom',
    convertedBy: null,
    modelTopology: toTfjsTopology(model),
  };
  if (!trained) return { 'model.json': `${JSON.stringify(json, null, 2)}\n` };
  const byName = new Map(trained.map((tensor) => [tensor.name, tensor]));
  const ordered = weights.map(({ name, shape }) => {
    const tensor = byName.get(name);
    if (!tensor || tensor.shape.join() !== shape.join()) {
      throw new RangeError(`The trained weights are of another network: “${name}” does not fit.`);
    }
    return tensor;
  });
  const bytes = new Uint8Array(ordered.reduce((size, { data }) => size + data.byteLength, 0));
  let at = 0;
  for (const { data } of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  const manifest = [
    {
      paths: ['model.weights.bin'],
      weights: ordered.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' })),
    },
  ];
  return {
    'model.json': `${JSON.stringify({ ...json, weightsManifest: manifest }, null, 2)}\n`,
    'model.weights.bin': bytes,
  };
}
