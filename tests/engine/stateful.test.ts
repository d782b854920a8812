/** Layers that go on from one batch to the next. */
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { compile, toKerasJson } from '@/compiler';
import { optimizerSchema } from '@/document';
import { Carried, Trainer, tensorsHeld } from '@/engine';
import { isStateful } from '@/engine/carried';
import { type BuiltModel, buildModel, setWeights } from '@/engine/model';
import { importKeras } from '@/formats/import';
import { inferDocument } from '@/inference';
import { chain } from '../support/networks';
import { forward } from '../support/passes';
import { expectClose, IN_NODE, use } from './support';

/**
 * Three batches of two samples of three steps, x = sin(0.9·k), of Keras 3.15.1; the k-th value of the i-th weight is
 * ½·sin(1 + 0.7k + i).
 */
const KERAS = [
  [
    'simpleRnn',
    { units: 2, returnSequences: true },
    [
      [
        0.070443, -0.25889, 0.434344, 0.2397, 0.569741, 0.209542, 0.24527, -0.05296, 0.002654, -0.388689, -0.281998,
        -0.529906,
      ],
      [
        -0.022307, -0.545578, 0.136347, -0.038113, 0.439284, 0.171622, 0.395348, 0.356202, 0.36113, -0.121231, 0.057672,
        -0.349618,
      ],
      [
        -0.162899, -0.621622, -0.239902, -0.399635, 0.026691, -0.135173, 0.445949, 0.281205, 0.567391, 0.191727,
        0.438966, -0.025393,
      ],
    ],
  ],
  [
    'gru',
    { units: 2 },
    [
      [-0.354485, -0.281263, -0.087696, 0.232764],
      [-0.331655, -0.146182, -0.231504, 0.042417],
      [-0.192416, 0.085786, -0.393396, -0.231265],
    ],
  ],
  [
    'lstm',
    { units: 2, goBackwards: true },
    [
      [-0.107804, 0.012296, -0.126411, -0.00272],
      [-0.026376, 0.111015, -0.175711, -0.096536],
      [0.000205, 0.15241, -0.179066, -0.091829],
    ],
  ],
  [
    'bidirectional',
    { units: 2, returnSequences: true },
    [
      [
        -0.070306, 0.028929, 0.140857, 0.077983, -0.150484, -0.068873, 0.144126, 0.111987, -0.181053, -0.110063,
        0.095477, 0.073617, -0.106587, -0.029635, 0.093473, -0.06494, -0.053532, 0.072369, 0.03425, -0.122254, 0.000363,
        0.137509, 0.008735, -0.095636,
      ],
      [
        -0.045894, 0.061453, 0.123809, -0.00396, -0.087418, 0.045978, 0.16507, 0.091158, -0.156946, -0.06472, 0.185898,
        0.124594, -0.15443, -0.086766, 0.177306, 0.055771, -0.1469, -0.035435, 0.133286, -0.032267, -0.061914, 0.073253,
        0.083988, -0.085081,
      ],
      [
        -0.022525, 0.088401, 0.087663, -0.127219, -0.014385, 0.1282, 0.114249, -0.063922, -0.091834, 0.056148, 0.15491,
        0.002313, -0.15221, -0.064245, 0.204442, 0.154723, -0.182346, -0.107614, 0.20348, 0.1322, -0.150298, -0.037854,
        0.172627, 0.077201,
      ],
    ],
  ],
] as const;

/** The batches one after the other; `starts` begins anew before each. */
function inTurn(built: BuiltModel, carried: Carried, starts = false): Float32Array[] {
  const layers = built.model.layers.filter(isStateful);
  return [0, 1, 2].map((at) => {
    if (starts) carried.forget();
    const values = Array.from({ length: 6 }, (_, k) => Math.sin(0.9 * (6 * at + k)));
    const input = tensor(values, [2, 3, 1]);
    const [output] = carried.during(layers, () => forward(built, [input], false));
    const found = output?.dataSync<'float32'>().slice() ?? new Float32Array();
    dispose([input, ...(output ? [output] : [])]);
    return found;
  });
}

async function builtOf(document: ReturnType<typeof chain>): Promise<BuiltModel> {
  const network = compile(document, { fields: undefined });
  const built = await buildModel(network, 1);
  const weights = network.weights.map(({ name, shape }, i) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, Float32Array.from({ length: size }, (_, k) => Math.sin(1 + 0.7 * k + i) * 0.5)] as const;
  });
  setWeights(built, new Map(weights));
  return built;
}

describe.each(IN_NODE)('on %s', (backend) => {
  beforeEach(() => use(backend));

  it.each(KERAS)('%s goes on as in Keras', async (type, params, wanted) => {
    const built = await builtOf(chain([3, 1], [type, { ...params, stateful: true }]));
    const before = tensorsHeld().tensors;
    const carried = new Carried();
    const found = inTurn(built, carried);
    for (const [at, values] of wanted.entries()) expectClose(found[at] ?? [], values, 1e-5);
    const apart = inTurn(built, carried, true);
    expectClose(apart[0] ?? [], wanted[0] ?? [], 1e-5);
    expect(Math.abs((apart[1]?.[0] ?? 0) - (wanted[1]?.[0] ?? 0))).toBeGreaterThan(1e-3);
    carried.forget();
    expect(tensorsHeld().tensors).toBe(before);
    built.dispose();
  });

  it('a smaller batch goes on from its first rows, and a larger one begins its new rows with zeros', async () => {
    const built = await builtOf(chain([1, 1], ['simpleRnn', { units: 1, stateful: true }]));
    const layers = built.model.layers.filter(isStateful);
    const carried = new Carried();
    const given = (values: number[]): number[] => {
      const input = tensor(values, [values.length, 1, 1]);
      const [output] = carried.during(layers, () => forward(built, [input], false));
      return Array.from(output?.dataSync() ?? []);
    };
    const [a = 0, b = 0] = given([0.3, 0.9]);
    const weights = built.weights.map(({ variable }) => variable.dataSync()[0] ?? 0);
    const next = (x: number, h: number) => Math.tanh(x * (weights[0] ?? 0) + h * (weights[1] ?? 0) + (weights[2] ?? 0));
    const [second = 0] = given([0.5]);
    expect(second).toBeCloseTo(next(0.5, a), 5);
    expectClose(given([0.1, 0.2]), [next(0.1, second), next(0.2, 0)], 1e-5);
    expect(Math.abs(b)).toBeGreaterThan(0);
    carried.forget();
    built.dispose();
  });

  it('a step of two phases moves on by one batch, and judging has a memory of its own', async () => {
    const phase = {
      minimise: 'all' as const,
      train: 'all' as const,
      optimizer: optimizerSchema.parse({ type: 'sgd', learningRate: 1e-12 }),
    };
    const document = chain(
      [3, 1],
      ['gru', { units: 2, stateful: true }],
      ['dense'],
      ['meanSquaredError', { target: 'y' }],
    );
    const network = compile(document, { fields: undefined, logits: true });
    const batch = {
      [network.inputs[0]?.field ?? '']: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1], dtype: 'float32' },
      y: { data: new Float32Array(64), shape: [32], dtype: 'float32' },
    } as const;
    const [one, two] = [await Trainer.create(network, [phase], 1), await Trainer.create(network, [phase, phase], 1)];
    const before = tensorsHeld().tensors;
    for (const trainer of [one, two]) {
      for (let at = 0; at < 3; at++) {
        const { loss, correct } = trainer.step(batch);
        dispose([loss, ...(correct ? [correct] : [])]);
        await trainer.evaluate(batch, 0);
      }
    }
    const states = await Promise.all([one.state(), two.state()]);
    expect(states[0].carried?.n1?.map(({ shape }) => shape)).toEqual([[2, 2]]);
    expectClose(states[1].carried?.n1?.[0]?.data ?? [], states[0].carried?.n1?.[0]?.data ?? [0], 1e-6);
    // The two states are all that is held, and go when a sequence begins.
    expect(tensorsHeld().tensors).toBe(before + 2);
    for (const trainer of [one, two]) trainer.beginSequence();
    expect(tensorsHeld().tensors).toBe(before);
    expect((await one.state()).carried).toBeUndefined();
    for (const trainer of [one, two]) trainer.dispose();
  });
});

describe('in files', () => {
  const document = {
    ...chain([3, 1], ['lstm', { units: 2, stateful: true }], ['dense']),
    training: { ...chain([1]).training, batchSize: 16 },
  };

  it('the batch is in the inputs’ shapes, and comes back', () => {
    const json = toKerasJson(compile(document, { fields: undefined }).model);
    const { layers } = json.config as unknown as {
      layers: { config: { batch_shape?: number[]; stateful?: boolean } }[];
    };
    expect(layers[0]?.config.batch_shape).toEqual([16, 3, 1]);
    expect(layers[1]?.config.stateful).toBe(true);
    const { document: back, notes } = importKeras(json);
    expect(back.graph.nodes.n1?.params).toEqual({ units: 2, stateful: true });
    expect(back.training).toMatchObject({ batchSize: 16, shuffle: false });
    expect(notes).toEqual([]);
  });

  it('without it no batch is', () => {
    const plain = chain([3, 1], ['lstm', { units: 2 }]);
    expect(JSON.stringify(toKerasJson(compile(plain, { fields: undefined }).model))).toContain(
      '"batch_shape":[null,3,1]',
    );
  });

  it('at every step of another sequence it cannot be', () => {
    const each = chain([4, 3, 1], ['timeDistributed', { layer: { type: 'gru', params: { stateful: true } } }]);
    const [problem] = inferDocument(each, undefined).problems;
    expect(problem?.message).toMatch(/^GRU cannot be stateful at every step/);
    expect(problem?.repairs.map(({ title }) => title)).toContain('Not stateful');
  });
});
