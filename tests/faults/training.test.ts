/** What stock tfjs trains otherwise than its papers and Keras: optimizers, losses, metrics, constraints, chance. */
import {
  abs,
  clipByValue,
  mean,
  mirrorPad,
  mul,
  type Scalar,
  softmax,
  sum,
  type Tensor,
  type TensorLike,
  tensor,
  tidy,
  train,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { constraints, layers, metrics, regularizers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { type CompiledLoss, compile } from '@/compiler';
import { type NetworkDocument, optimizerSchema, type Phase } from '@/document';
import { type Batch, disposeResult, Trainer } from '@/engine';
import { lossOf } from '@/engine/losses';
import { createUpdater } from '@/engine/optimizers/updater';
import { held } from '@/engine/penalties';
import { seedSteps } from '@/engine/random';
import { ClassScores } from '@/training/scores';
import { asDocument } from '../support/networks';
import { tryFaults } from './faults';

const BOTH = ['wasm', 'cpu'] as const;

type Settings = Parameters<typeof optimizerSchema.parse>[0];

/** A weight of [1, −2] after one update for each gradient, by one of our optimizers. */
function updated(settings: Settings, gradients: readonly number[][], scales: readonly number[] = []): Float32Array {
  const weight = tidy(() => tensor([1, -2])).variable(true);
  const updater = createUpdater(optimizerSchema.parse(settings));
  for (const [at, slopes] of gradients.entries())
    updater.apply([weight], { [weight.name]: tensor(slopes) }, scales[at]);
  const values = weight.dataSync<'float32'>().slice();
  updater.dispose();
  weight.dispose();
  return values;
}

type StockOptimizer = ReturnType<typeof train.sgd>;

/** The same by one of tfjs's own. */
function updatedByStock(
  optimizer: { applyGradients: StockOptimizer['applyGradients'] },
  gradients: readonly number[][],
  between?: () => void,
): Float32Array {
  const weight = tidy(() => tensor([1, -2])).variable(true);
  for (const [at, slopes] of gradients.entries()) {
    if (at > 0) between?.();
    optimizer.applyGradients({ [weight.name]: tensor(slopes) });
  }
  return weight.dataSync<'float32'>().slice();
}

/** By hand: Zeiler 2012, eq. 10 to 14, with learning rate 1. */
function adadelta(gradients: readonly number[][], rho = 0.95, epsilon = 1e-7): number[] {
  return [1, -2].map((first, at) => {
    let [weight, squares, moves] = [first, 0, 0];
    for (const slopes of gradients) {
      const g = slopes[at] ?? 0;
      squares = rho * squares + (1 - rho) * g * g;
      const move = -(Math.sqrt(moves + epsilon) / Math.sqrt(squares + epsilon)) * g;
      moves = rho * moves + (1 - rho) * move * move;
      weight += move;
    }
    return weight;
  });
}

const GRADIENTS = [
  [0.5, 0],
  [-0.2, 0],
  [1, 0],
];

const loss = (type: string, params: CompiledLoss['params'] = {}): CompiledLoss => ({
  node: 'loss',
  type,
  params,
  weight: 1,
  sampleWeights: null,
  prediction: 0,
  target: { field: 'y' },
  logits: null,
});

/** The slope of a loss at a prediction. */
function slope(of: (x: Tensor) => Tensor, at: number[][]): Float32Array {
  const x = tidy(() => tensor(at)).variable(true);
  const { grads } = tidy(() => variableGrads(() => sum(of(x)) as Scalar, [x]));
  return (grads[x.name] as Tensor).dataSync<'float32'>();
}

const CLASSES = ['a', 'b', 'c'];

const FIELDS = {
  x: { kind: 'number', shape: [3], dtype: 'float32' },
  y: { kind: 'number', shape: [1], dtype: 'float32' },
  z: { kind: 'number', shape: [1], dtype: 'float32' },
  count: { kind: 'number', shape: [], dtype: 'float32' },
  label: { kind: 'class', shape: [], dtype: 'int32', classes: CLASSES },
} as const;

const X = [1, 2, 3, -1, 0, 2];
const Y = [1, -1];

const BATCH: Batch = {
  x: { data: Float32Array.from(X), shape: [3], dtype: 'float32' },
  y: { data: Float32Array.from(Y), shape: [1], dtype: 'float32' },
  z: { data: Float32Array.from([2, 3]), shape: [1], dtype: 'float32' },
  count: { data: Float32Array.from([1, 3]), shape: [], dtype: 'float32' },
};

const line = (dense: object, more: NetworkDocument['graph']['nodes'] = {}): NetworkDocument =>
  asDocument(
    {
      in: { type: 'input', params: { field: 'x' } },
      dense: { type: 'dense', params: { units: 1, useBias: false, ...dense } },
      loss: { type: 'meanSquaredError', params: { target: 'y' } },
      ...more,
    },
    [
      { from: ['in', 'out'], to: ['dense', 'in'] },
      ...['loss', ...Object.keys(more)].map((id) => ({
        from: ['dense', 'out'] as [string, string],
        to: [id, 'in'] as [string, string],
      })),
    ],
  );

const SGD: Phase = {
  minimise: 'all',
  train: 'all',
  optimizer: optimizerSchema.parse({ type: 'sgd', learningRate: 0.1 }),
};

/** The loss of one step from a kernel of ones, and the kernel after it. */
async function stepped(document: NetworkDocument): Promise<number[]> {
  const trainer = await Trainer.create(compile(document, { fields: FIELDS, logits: true }), [SGD], 1);
  trainer.setWeights(new Map([['dense/kernel', Float32Array.of(1, 1, 1)]]));
  const result = trainer.step(BATCH);
  const value = await result.loss.data();
  disposeResult(result);
  const [kernel] = await trainer.weights();
  trainer.dispose();
  return [value[0] ?? Number.NaN, ...(kernel?.data ?? [])];
}

/** The same by tfjs's own `fit`, or what is like it. */
async function steppedByStock(
  dense: Parameters<typeof layers.dense>[0] | Parameters<typeof layers.dense>[0][],
  run: (model: Sequential, x: Tensor, y: Tensor) => Promise<number>,
): Promise<number[]> {
  const [first] = Array.isArray(dense) ? dense : [dense];
  if (!first) throw new Error('no layer');
  const model = sequential({ layers: [layers.dense({ ...first, inputShape: [3], useBias: false })] });
  model.layers[0]?.setWeights([tensor([1, 1, 1], [3, 1])]);
  model.compile({ optimizer: train.sgd(0.1), loss: 'meanSquaredError' });
  const value = await run(model, tensor(X, [2, 3]), tensor(Y, [2, 1]));
  return [value, ...((model.getWeights()[0] as Tensor).dataSync<'float32'>() ?? [])];
}

const onBatch = async (model: Sequential, x: Tensor, y: Tensor): Promise<number> =>
  (await model.trainOnBatch(x, y)) as number;

// From ones, x·w is 6 and 1, the errors are 5 and 2, and the slope is Σ 2·e·x / 2.
const SLOPE = [3, 10, 19];
const errors = [5, 2];
const mse = (errors[0] as number) ** 2 / 2 + (errors[1] as number) ** 2 / 2;

/** The mean of many normal values that a layer has passed in training. */
function meanAfter(layer: layers.Layer): number {
  const x = tidy(() =>
    tensor(Float32Array.from({ length: 20_000 }, (_, at) => Math.sqrt(2) * erfInverse((2 * at + 1) / 20_000 - 1))),
  );
  return tidy(() => mean(layer.apply(x, { training: true }) as Tensor).dataSync()[0]) ?? Number.NaN;
}

/** Giles 2010, in single precision. */
function erfInverse(x: number): number {
  const w = -Math.log((1 - x) * (1 + x));
  const terms =
    w < 5
      ? [
          2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
          0.246640727, 1.50140941,
        ]
      : [
          -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
          1.00167406, 2.83297682,
        ];
  const v = w < 5 ? w - 2.5 : Math.sqrt(w) - 3;
  return x * terms.reduce((sum, term) => sum * v + term);
}

const registered = async (className: string, config: object): Promise<layers.Layer> => {
  const { serialization } = await import('@tensorflow/tfjs-core');
  const make = serialization.SerializationMap.getMap().classNameMap[className]?.[0];
  if (!make) throw new Error(`no ${className}`);
  return new make(config as never) as unknown as layers.Layer;
};

/** What tfjs's own evaluation says of a model. */
function evaluated(
  stack: layers.Layer[],
  loss: string,
  x: TensorLike,
  y: TensorLike,
  dtype: 'float32' | 'int32' = 'float32',
): Float32Array {
  const model = sequential({ layers: stack });
  model.compile({ optimizer: 'sgd', loss });
  return (model.evaluate(tensor(x), tensor(y, undefined, dtype)) as Tensor).dataSync<'float32'>();
}

const CONFIDENT = [[30, -10]];

tryFaults([
  {
    fault: 'Adadelta divides by the accumulator of the step before',
    backends: BOTH,
    stock: () => updatedByStock(train.adadelta(1, 0.95, 1e-7), GRADIENTS),
    ours: () => updated({ type: 'adadelta', learningRate: 1, rho: 0.95, epsilon: 1e-7 }, GRADIENTS),
    wanted: adadelta(GRADIENTS),
  },
  {
    fault: 'centred RMSprop gives no number where a gradient is zero',
    backends: BOTH,
    stock: () => updatedByStock(train.rmsprop(0.1, 0.9, 0, 1e-7, true), [[0, 0]]),
    ours: () => updated({ type: 'rmsprop', learningRate: 0.1, centered: true }, [[0, 0]]),
    wanted: [1, -2],
  },
  {
    fault: 'momentum forgets the learning rate of the steps behind it',
    backends: BOTH,
    stock: () => {
      const optimizer = train.momentum(0.1, 0.9);
      return updatedByStock(
        optimizer,
        [
          [1, 0],
          [0, 0],
        ],
        () => optimizer.setLearningRate(0.01),
      );
    },
    ours: () =>
      updated(
        { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
        [
          [1, 0],
          [0, 0],
        ],
        [1, 0.1],
      ),
    // Keras keeps η·g in the velocity: −0.1, then −0.09 more.
    wanted: [0.81, -2],
  },
  {
    fault: 'an L1 penalty moves what is zero',
    backends: BOTH,
    stock: () => slope((x) => abs(x), [[-2, 0, 3]]),
    wanted: [-1, 0, 1],
  },
  {
    fault: 'the gradient of a mirrored border goes astray',
    backends: BOTH,
    stock: () =>
      slope(
        (x) =>
          mul(
            mirrorPad(
              x,
              [
                [0, 0],
                [2, 1],
              ],
              'reflect',
            ),
            tensor([[1, 2, 3, 4, 5, 6]]),
          ),
        [[1, 2, 3]],
      ),
    // Padded: x2 x1 x0 x1 x2 x1.
    wanted: [3, 2 + 4 + 6, 1 + 5],
  },
  {
    fault: 'a constraint is not kept in training',
    backends: BOTH,
    stock: () => steppedByStock({ units: 1, kernelConstraint: constraints.nonNeg() }, onBatch),
    ours: () => stepped(line({ kernelConstraint: 'nonNeg' })),
    wanted: [mse, 1 - 0.1 * (SLOPE[0] as number), 0, 0],
  },
  {
    fault: 'a constraint to one length alone gives what it likes',
    backends: ['wasm'],
    stock: () => tidy(() => clipByValue(tensor([0.5, 2, 3]), 1, 1).dataSync()),
    ours: () =>
      tidy(() =>
        held({ type: 'minMaxNorm', minValue: 1, maxValue: 1, rate: 1, axis: 0 }, tensor([3, 4, 0])).dataSync(),
      ),
    wanted: [0.6, 0.8, 0],
  },
  {
    fault: 'a penalty on what a layer gives is refused',
    backends: BOTH,
    stock: () =>
      steppedByStock({ units: 1, activityRegularizer: regularizers.l2({ l2: 0.1 }) }, async (model, x, y) => {
        const before = await onBatch(model, x, y);
        return before;
      }),
    ours: async () => [
      (
        await stepped(
          asDocument(
            {
              in: { type: 'input', params: { field: 'x' } },
              dense: { type: 'dense', params: { units: 1, useBias: false } },
              penalty: { type: 'activityRegularization', params: { l2: 0.1 } },
              loss: { type: 'meanSquaredError', params: { target: 'y' } },
            },
            [
              { from: ['in', 'out'], to: ['dense', 'in'] },
              { from: ['dense', 'out'], to: ['penalty', 'in'] },
              { from: ['penalty', 'out'], to: ['loss', 'in'] },
            ],
          ),
        )
      )[0] as number,
    ],
    // Of each sample, the mean.
    wanted: [mse + (0.1 * (36 + 1)) / 2],
  },
  {
    fault: 'sample weights are refused',
    backends: BOTH,
    stock: () =>
      steppedByStock({ units: 1 }, async (model, x, y) => {
        const { history } = await model.fit(x, y, { sampleWeight: tensor([1, 3]), verbose: 0 });
        return history.loss?.[0] as number;
      }),
    ours: async () => {
      const document = line({});
      const weighed = { type: 'meanSquaredError', params: { target: 'y', sampleWeights: 'count' } };
      const nodes = { ...document.graph.nodes, loss: weighed };
      return stepped({ ...document, graph: { ...document.graph, nodes } });
    },
    wanted: [(25 + 3 * 4) / 2, 1 - 0.1 * (5 - 6), 1 - 0.1 * 10, 1 - 0.1 * (15 + 12)],
  },
  {
    fault: 'weights of losses are passed over',
    backends: BOTH,
    stock: () =>
      steppedByStock({ units: 1 }, async (model, x, y) => {
        model.compile({ optimizer: train.sgd(0.1), loss: 'meanSquaredError', lossWeights: [0.5] } as never);
        return onBatch(model, x, y);
      }),
    ours: () => {
      const { graph, ...rest } = line({});
      const half = { type: 'meanSquaredError', params: { target: 'y', weight: 0.5 } };
      return stepped({ ...rest, graph: { ...graph, nodes: { ...graph.nodes, loss: half } } });
    },
    wanted: [mse / 2, ...SLOPE.map((part) => 1 - 0.05 * part)],
  },
  {
    fault: 'a surely wrong answer teaches nothing',
    backends: BOTH,
    stock: () =>
      slope((x) => {
        const wrong = tensor([[0, 1]]);
        return metrics.categoricalCrossentropy(wrong, softmax(x));
      }, CONFIDENT),
    ours: () =>
      slope(
        (x) => lossOf(loss('crossEntropy', { mode: 'categorical', from: 'logits' }), tensor([[0, 1]]), x),
        CONFIDENT,
      ),
    wanted: [1, -1],
  },
  {
    fault: 'hinge takes labels of 0 and 1 as they are',
    backends: BOTH,
    stock: () => evaluated([layers.activation({ activation: 'linear', inputShape: [1] })], 'hinge', [[0.5]], [[0]]),
    ours: () => lossOf(loss('hinge'), tensor([[0]]), tensor([[0.5]])).dataSync(),
    wanted: [1.5],
  },
  {
    fault: 'Kullback–Leibler of classes as whole numbers is no number',
    backends: BOTH,
    stock: () =>
      evaluated(
        [layers.activation({ activation: 'softmax', inputShape: [2] })],
        'kullbackLeiblerDivergence',
        [[0, 0]],
        [[0, 1]],
        'int32',
      ),
    ours: () => lossOf(loss('kullbackLeibler'), tensor([1], [1], 'int32'), tensor([[0.5, 0.5]])).dataSync(),
    wanted: [Math.LN2],
    tolerance: 1e-5,
  },
  {
    fault: 'padding counts in the loss',
    backends: BOTH,
    stock: () => evaluated([layers.masking({ inputShape: [2, 1] })], 'meanSquaredError', [[[1], [0]]], [[[0], [3]]]),
    ours: () =>
      lossOf(loss('meanSquaredError'), tensor([[[0], [3]]]), tensor([[[1], [0]]]), {
        mask: tensor([[1, 0]]),
      }).dataSync(),
    wanted: [1],
  },
  {
    fault: 'precision counts only what is surely predicted',
    backends: BOTH,
    stock: () => metrics.precision(tensor([[0], [1]]), tensor([[0.2], [0.9]])).dataSync(),
    ours: () => {
      const scores = new ClassScores(2);
      scores.add(0, 0, [0.8, 0.2]);
      scores.add(1, 1, [0.1, 0.9]);
      return [scores.scores.find(({ name }) => name === 'Precision')?.value ?? Number.NaN];
    },
    wanted: [1],
  },
  {
    fault: 'a seed of dropout drops the same at every step',
    backends: BOTH,
    stock: () => {
      const layer = layers.dropout({ rate: 0.5, seed: 3 });
      return [differs(() => layer.apply(variableOfOnes(), { training: true }) as Tensor)];
    },
    ours: async () => {
      seedSteps(3);
      const layer = await registered('Dropout', { rate: 0.5, seed: 3 });
      return [differs(() => layer.apply(variableOfOnes(), { training: true }) as Tensor)];
    },
    wanted: [1],
  },
  {
    fault: 'alpha dropout moves the mean',
    backends: BOTH,
    stock: async () => [meanAfter(await registered('AlphaDropout', { rate: 0.2 }))],
    wanted: [0],
    tolerance: 0.05,
  },
  {
    fault: 'an LSTM begins by forgetting',
    backends: BOTH,
    stock: async () => {
      const layer = layers.lstm({ units: 2, recurrentInitializer: 'zeros' });
      layer.build([null, 3, 2]);
      return (layer.getWeights()[2] as Tensor).dataSync();
    },
    ours: async () => {
      const { graph } = line({});
      const nodes = {
        ...graph.nodes,
        in: { type: 'input', params: { shape: [4, 3], field: 'x' } },
        dense: { type: 'lstm', params: { units: 2 } },
      };
      const network = compile(asDocument(nodes, graph.edges), { fields: undefined, logits: true });
      const trainer = await Trainer.create(network, [SGD], 1);
      const bias = (await trainer.weights()).find(({ name }) => name === 'dense/bias');
      trainer.dispose();
      return bias?.data ?? [];
    },
    wanted: [0, 0, 1, 1, 0, 0, 0, 0],
  },
  {
    fault: 'kernels begin normal, not uniform, within Glorot’s bound',
    backends: BOTH,
    stock: () => {
      const layer = layers.dense({ units: 100 });
      layer.build([null, 100]);
      return [beyond((layer.getWeights()[0] as Tensor).dataSync<'float32'>(), Math.sqrt(6 / 200))];
    },
    ours: async () => {
      const { graph } = line({ units: 100 });
      const nodes = {
        in: { type: 'input', params: { shape: [100], field: 'x' } },
        dense: { type: 'dense', params: { units: 100 } },
      };
      const network = compile(asDocument(nodes, graph.edges.slice(0, 1)), { fields: undefined });
      const { buildModel } = await import('@/engine/model');
      const built = await buildModel(network, 1);
      const values = built.weights[0]?.variable.dataSync<'float32'>() ?? new Float32Array();
      const count = beyond(values, Math.sqrt(6 / 200));
      built.dispose();
      return [count];
    },
    wanted: [0],
  },
]);

let ones: Variable | null = null;

function variableOfOnes(): Variable {
  ones = variable(tensor(new Float32Array(200).fill(1)));
  return ones;
}

/** 1 where two calls give different values. */
function differs(call: () => Tensor): number {
  const [one, other] = [call().dataSync(), call().dataSync()];
  return one.some((value, at) => value !== other[at]) ? 1 : 0;
}

const beyond = (values: Float32Array, bound: number): number =>
  values.filter((value) => Math.abs(value) > bound).length;
