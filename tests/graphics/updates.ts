/** Every optimizer's update of weights of every rank. */
import { dispose, type Variable } from '@tensorflow/tfjs-core';
import { type Optimizer, optimizerSchema } from '@/document';
import { createAverages } from '@/engine/optimizers/averages';
import { createUpdater } from '@/engine/optimizers/updater';
import { noiseTensor } from '../support/tensors';
import { type Case, type Results, valuesOf, variableOf } from './cases';

const SETTINGS: readonly (Partial<Optimizer> & Pick<Optimizer, 'type'>)[] = [
  { type: 'sgd' },
  { type: 'sgd', momentum: 0.9 },
  { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.1 },
  { type: 'adam' },
  { type: 'adam', amsgrad: true },
  { type: 'adamw' },
  { type: 'adamax' },
  { type: 'nadam' },
  { type: 'rmsprop' },
  { type: 'rmsprop', centered: true, momentum: 0.9 },
  { type: 'adagrad' },
  { type: 'adadelta' },
  { type: 'lion' },
];

const SHAPES = [[1], [7], [8], [3, 5], [4, 6], [1, 3, 2, 5], [3, 3, 4, 2], [2, 1, 2, 3, 3]];
const STEPS = 3;

async function passed(settings: (typeof SETTINGS)[number]): Promise<Results> {
  const updater = createUpdater(optimizerSchema.parse({ learningRate: 0.1, ...settings }));
  const averages = createAverages(0.5);
  const weights: Variable[] = SHAPES.map((shape, at) => variableOf(noiseTensor(shape, at + 1)));
  for (let step = 0; step < STEPS; step++) {
    const slopes = weights.map(({ name, shape }, at) => [name, noiseTensor(shape, 100 * (step + 1) + at)]);
    updater.apply(weights, Object.fromEntries(slopes));
    averages.follow(weights);
  }
  const results: Results = new Map();
  for (const weight of weights) {
    results.set(`weight [${weight.shape}]`, await valuesOf(weight));
    const average = averages.memory.get(weight.name);
    if (average) results.set(`average [${weight.shape}]`, await valuesOf(average));
  }
  updater.dispose();
  averages.dispose();
  dispose(weights);
  return results;
}

export const updates: readonly Case[] = SETTINGS.map((settings) => ({
  what: JSON.stringify(settings),
  run: () => passed(settings),
}));
