import { tensor } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import type { Json } from '@/document';
import { tensorsHeld } from '@/engine';
import { buildModel } from '@/engine/model';
import { type LayerDeclaration, layerOf } from '@/layers';
import { asDocument, chain } from '../support/networks';
import { forward, stir } from '../support/passes';
import { expectClose, IN_NODE, noise, use } from './support';

const { editor } = (layerOf('timeDistributed') as LayerDeclaration).params.layer ?? {};
const INSIDE = editor?.kind === 'layer' ? editor.layers : [];

/** Settings that each needs to stand on small steps. */
const NEEDED: Readonly<Record<string, Record<string, Json>>> = {
  einsumDense: { equation: 'abc,cd->abd', outputShape: [null, 2] },
  embedding: { inputDim: 3, outputDim: 2 },
  categoryEncoding: { numTokens: 3 },
  reshape: { targetShape: [-1] },
  groupNormalization: { groups: 2 },
  patchEmbedding: { patchSize: [2, 2], embedDim: 3 },
  centerCrop: { height: 3, width: 2 },
  randomCrop: { height: 3, width: 2 },
};

const SHAPES = [[3], [6, 4], [6, 6, 4], [4, 4, 4, 2]];

async function predict(document: ReturnType<typeof chain>, input: ReturnType<typeof tensor>): Promise<Float32Array> {
  const built = await buildModel(compile(document, { fields: undefined }), 1);
  stir(built);
  const [output] = forward(built, [input], false);
  const values = output?.dataSync<'float32'>().slice() ?? new Float32Array();
  output?.dispose();
  built.dispose();
  return values;
}

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(() => use(backend));

  it('every layer that can be inside does at each step what it does alone', async () => {
    expect(INSIDE.length).toBeGreaterThan(80);
    const tried: string[] = [];
    for (const { type } of INSIDE) {
      const params = NEEDED[type] ?? {};
      for (const shape of SHAPES) {
        const alone = chain(shape, [type, params]);
        const each = chain([3, ...shape], ['timeDistributed', { layer: { type, params } }]);
        try {
          compile(alone, { fields: undefined });
        } catch {
          continue;
        }
        const size = shape.reduce((a, b) => a * b, 1);
        const looks = type === 'embedding' || type === 'categoryEncoding';
        const values = noise(6 * size, 7).map((value) => (looks ? Math.floor(Math.abs(value) * 2.9) : value));
        const found = await predict(each, tensor(values, [2, 3, ...shape]));
        expectClose(found, await predict(alone, tensor(values, [6, ...shape])), 1e-5);
        tried.push(type);
      }
    }
    expect(INSIDE.map(({ type }) => type).filter((type) => !tried.includes(type))).toEqual([]);
  });

  it('batch statistics are those of one step, and the averages move at each, as in Keras 3', async () => {
    const inner = { type: 'batchNormalization', params: { momentum: 0.5, scale: false, center: false } };
    const built = await buildModel(
      compile(chain([2, 1], ['timeDistributed', { layer: inner }]), { fields: undefined }),
      1,
    );
    const before = tensorsHeld().tensors;
    const input = tensor([1, 10, 3, 30], [2, 2, 1]);
    const [output] = forward(built, [input], true);
    expectClose(output?.dataSync() ?? [], [-1, -1, 1, 1], 1e-3);
    const kept = Object.fromEntries(built.weights.map(({ weight, variable }) => [weight, variable.dataSync()[0]]));
    // From 0 and 1: means 2 and 20, variances 1 and 100.
    expect(kept.moving_mean).toBeCloseTo((0.5 * 0 + 0.5 * 2) * 0.5 + 0.5 * 20, 4);
    expect(kept.moving_variance).toBeCloseTo((0.5 * 1 + 0.5 * 1) * 0.5 + 0.5 * 100, 3);
    input.dispose();
    output?.dispose();
    expect(tensorsHeld().tensors).toBe(before);
    built.dispose();
  });

  it('marks of padding go on to the next layer', async () => {
    const document = asDocument(
      {
        words: { type: 'input', params: { shape: [4], dtype: 'int32' } },
        table: { type: 'embedding', params: { inputDim: 5, outputDim: 2, maskZero: true } },
        each: { type: 'timeDistributed', params: { layer: { type: 'dense', params: { units: 3 } } } },
        read: { type: 'lstm', params: { units: 2 } },
      },
      [
        { from: ['words', 'out'], to: ['table', 'in'] },
        { from: ['table', 'out'], to: ['each', 'in'] },
        { from: ['each', 'out'], to: ['read', 'in'] },
      ],
    );
    const [short, long] = await Promise.all([
      predict(document, tensor([1, 2, 0, 0], [1, 4])),
      predict(document, tensor([1, 2, 3, 0], [1, 4])),
    ]);
    const same = await predict(document, tensor([1, 2, 0], [1, 3]));
    expectClose(short, same, 1e-6);
    expect(Math.abs((short[0] ?? 0) - (long[0] ?? 0))).toBeGreaterThan(1e-4);
  });

  it('a softmax inside is left to the loss', () => {
    const inner = { type: 'dense', params: { units: 3, activation: 'softmax' } };
    const document = asDocument(
      {
        input: { type: 'input', params: { shape: [4, 2] } },
        each: { type: 'timeDistributed', params: { layer: inner } },
        loss: { type: 'crossEntropy', params: { target: 'label' } },
      },
      [
        { from: ['input', 'out'], to: ['each', 'in'] },
        { from: ['each', 'out'], to: ['loss', 'in'] },
      ],
    );
    const { losses, model } = compile(document, { fields: undefined, logits: true });
    expect(losses[0]?.logits).toBe('softmax');
    const layer = model.layers.find(({ name }) => name === 'each')?.config.layer as { config: { activation: string } };
    expect(layer.config.activation).toBe('linear');
  });
});
