import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { buildModel, setWeights } from '@/engine/model';
import { asDocument } from '../support/networks';
import { expectClose, IN_NODE, use } from './support';

/** Embedding, then Bidirectional around SimpleRNN, of Keras 3.15.1; the k-th value of the i-th weight is ½·sin(1 + 0.7k + i). */
const KERAS = [
  -0.223663, -0.410571, 0.272915, 0.590118, -0.26871, -0.115536, 0.419176, 0.380096, 0, 0, 0, 0, 0, 0, 0, 0, -0.504517,
  -0.476055, 0.625958, 0.698885, 0, 0, 0, 0, -0.169354, -0.279024, 0.271596, 0.541432, 0, 0, 0, 0,
];

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(() => use(backend));

  it('padding gives zeros from both directions, and is passed over', async () => {
    const document = asDocument(
      {
        words: { type: 'input', params: { shape: [4], dtype: 'int32' } },
        table: { type: 'embedding', params: { inputDim: 5, outputDim: 2, maskZero: true } },
        both: { type: 'bidirectional', params: { cell: 'simpleRnn', units: 2, returnSequences: true } },
      },
      [
        { from: ['words', 'out'], to: ['table', 'in'] },
        { from: ['table', 'out'], to: ['both', 'in'] },
      ],
    );
    const network = compile(document, { fields: undefined });
    const built = await buildModel(network, 1);
    const weights = network.weights.map(({ name, shape }, i) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, Float32Array.from({ length: size }, (_, k) => Math.sin(1 + 0.7 * k + i) * 0.5)] as const;
    });
    setWeights(built, new Map(weights));
    const words = tensor([1, 2, 0, 0, 3, 0, 4, 0], [2, 4], 'int32');
    const found = [...(built.model.predict(words) as Tensor).dataSync<'float32'>()];
    expectClose(found, KERAS, 1e-5);
    expect(found.filter((value) => value === 0)).toHaveLength(16);
    built.dispose();
  });
});
