/** The training settings, declared in the same words as hyperparameters, so that the same fields edit them. */
import type { Optimizer, OptimizerType } from '@/document';
import { choice, flag, integer, type ParamSpec, real } from '@/layers';

export const SETTINGS = {
  batchSize: integer({
    label: 'Batch size',
    help: 'How many samples are looked at before the weights move.',
    symbol: 'N',
    min: 1,
    max: 65_536,
    default: 64,
  }),
  epochs: integer({
    label: 'Epochs',
    help: 'How often all training samples are gone through.',
    min: 1,
    max: 100_000,
    default: 10,
  }),
  seed: integer({
    label: 'Seed',
    help: 'The same seed gives the same first weights, split and order of samples.',
    min: 0,
    max: 2 ** 31 - 1,
    default: 1,
  }),
  shuffle: flag({ label: 'Shuffle', help: 'Goes through the samples in another order each epoch.', default: true }),
} as const satisfies Record<string, ParamSpec>;

/** The share held out; null leaves it to the data set. */
export const HOLD_OUT: ParamSpec<number | null> = {
  label: 'Hold out',
  help: 'The share of samples held out for validation, from 0 to 0.9. Empty: the test part of the data set, or 0.2 where it has none.',
  editor: { kind: 'real', min: 0, max: 0.9, step: 0.05 },
  default: null,
  read: (value) => {
    if (value === null || (typeof value === 'string' && value.trim() === '')) return { value: null };
    return typeof value === 'number' && value >= 0 && value <= 0.9
      ? { value }
      : { error: 'Hold out must be a share between 0 and 0.9, or empty.' };
  },
};

const OPTIMIZER_TITLES = {
  sgd: 'SGD',
  adam: 'Adam',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
} as const satisfies Record<OptimizerType, string>;

export const OPTIMIZER: ParamSpec = choice({
  label: 'Optimizer',
  help: 'How the weights are moved against the gradient.',
  default: 'adam',
  options: OPTIMIZER_TITLES,
});

export const optimizerTitle = ({ type }: Optimizer): string => OPTIMIZER_TITLES[type];

const learningRate = (fallback: number): ParamSpec => ({
  ...real({
    label: 'Learning rate',
    help: 'How far each step goes.',
    symbol: 'η',
    min: 0,
    default: fallback,
    step: fallback / 10,
  }),
  read: (value) =>
    typeof value === 'number' && value > 0 && Number.isFinite(value)
      ? { value }
      : { error: 'Learning rate must be a number above 0, such as 0.001.' },
});

const share = (label: string, help: string, symbol: string, fallback: number): ParamSpec =>
  real({ label, help, symbol, min: 0, below: 1, step: 0.05, default: fallback });

const epsilon: ParamSpec = {
  ...real({
    label: 'Epsilon',
    help: 'Keeps the division from blowing up.',
    symbol: 'ε',
    min: 0,
    default: 1e-7,
    advanced: true,
  }),
  read: (value) =>
    typeof value === 'number' && value > 0 ? { value } : { error: 'Epsilon must be a number above 0, such as 1e-7.' },
};

const momentum = share('Momentum', 'How much of the last step is kept in the next.', 'μ', 0);

/** Each optimizer's own settings, with the defaults of the document's schema. */
export const OPTIMIZER_SETTINGS: Readonly<Record<OptimizerType, Readonly<Record<string, ParamSpec>>>> = {
  sgd: {
    learningRate: learningRate(0.01),
    momentum,
    nesterov: flag({ label: 'Nesterov', help: 'Takes the gradient where the momentum would lead.', default: false }),
  },
  adam: {
    learningRate: learningRate(0.001),
    beta1: share('Beta 1', 'How slowly the mean of the gradients changes.', 'β₁', 0.9),
    beta2: share('Beta 2', 'How slowly the mean of their squares changes.', 'β₂', 0.999),
    epsilon,
  },
  rmsprop: {
    learningRate: learningRate(0.001),
    rho: share('Rho', 'How slowly the mean of the squared gradients changes.', 'ρ', 0.9),
    momentum,
    epsilon,
  },
  adagrad: {
    learningRate: learningRate(0.01),
    initialAccumulator: real({
      label: 'First sum',
      help: 'Where the sum of the squared gradients begins.',
      min: 0,
      default: 0.1,
      step: 0.05,
    }),
    epsilon,
  },
};
