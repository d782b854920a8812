/** The training settings, declared in the same words as hyperparameters, so that the same fields edit them. */
import { type Optimizer, type OptimizerType, optimizerSchema, type ScheduleType, scheduleSchema } from '@/document';
import { choice, flag, integer, optionalInteger, optionalReal, type ParamSpec, real } from '@/layers';

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
  empty: 'automatic',
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
  adamw: 'AdamW',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
  adadelta: 'Adadelta',
  adamax: 'Adamax',
  nadam: 'Nadam',
  lion: 'Lion',
} as const satisfies Record<OptimizerType, string>;

export const OPTIMIZER: ParamSpec = choice({
  label: 'Optimizer',
  help: 'How the weights are moved against the gradient.',
  default: 'adam',
  options: OPTIMIZER_TITLES,
});

export const optimizerTitle = ({ type }: Optimizer): string => OPTIMIZER_TITLES[type];

/** How each setting is edited; what it begins at is the document's schema's affair. */
const EDITORS: Readonly<Record<string, (fallback: never) => ParamSpec>> = {
  learningRate: (fallback: number) =>
    positive('Learning rate', 'How far each step goes.', fallback, { symbol: 'η', step: fallback / 10 }),
  momentum: (fallback: number) => share('Momentum', 'How much of the last step is kept in the next.', 'μ', fallback),
  nesterov: (fallback: boolean) =>
    flag({ label: 'Nesterov', help: 'Takes the gradient where the momentum would lead.', default: fallback }),
  beta1: (fallback: number) => share('Beta 1', 'How slowly the mean of the gradients changes.', 'β₁', fallback),
  beta2: (fallback: number) => share('Beta 2', 'How slowly the mean of their squares changes.', 'β₂', fallback),
  rho: (fallback: number) => share('Rho', 'How slowly the mean of the squared gradients changes.', 'ρ', fallback),
  amsgrad: (fallback: boolean) =>
    flag({
      label: 'AMSGrad',
      help: 'Divides by the largest mean square so far, so steps never grow.',
      default: fallback,
    }),
  centered: (fallback: boolean) =>
    flag({ label: 'Centred', help: 'Divides by the spread of the gradients around their mean.', default: fallback }),
  initialAccumulator: (fallback: number) =>
    real({
      label: 'First sum',
      help: 'Where the sum of the squared gradients begins.',
      min: 0,
      default: fallback,
      step: 0.05,
    }),
  epsilon: (fallback: number) => positive('Epsilon', 'Keeps the division from blowing up.', fallback, { symbol: 'ε' }),
  weightDecay: (fallback: number | undefined) =>
    real({
      label: 'Weight decay',
      help: 'The share of each weight, times the learning rate, that every step takes away.',
      symbol: 'λ',
      min: 0,
      default: fallback ?? 0,
      step: 0.001,
    }),
};

/** What every optimizer can do besides its rule; off where empty. */
const OPTIONAL: Readonly<Record<string, ParamSpec>> = {
  clipValue: optionalPositive('Clip value', 'Gradients are cut to within ± this. Empty: not.'),
  clipNorm: optionalPositive('Clip norm', 'The gradient of each weight is shortened to this length. Empty: not.'),
  globalClipNorm: optionalPositive('Global clip', 'All gradients together are shortened to this length. Empty: not.'),
  averaging: optionalReal({
    label: 'Averaging',
    empty: 'none',
    help: 'Momentum of a moving average of the weights, with which is validated, such as 0.99. Empty: none.',
    min: 0,
    below: 1,
    step: 0.01,
    default: null,
  }),
  accumulate: optionalInteger({
    label: 'Accumulate',
    empty: 'one batch',
    help: 'So many batches’ gradients are averaged into one update. Empty: each makes its own.',
    min: 1,
    max: 10_000,
    default: null,
  }),
};

function positive(
  label: string,
  help: string,
  fallback: number,
  more: { symbol?: string; step?: number } = {},
): ParamSpec {
  return {
    ...real({ label, help, min: 0, default: fallback, ...more }),
    read: (value) =>
      typeof value === 'number' && value > 0 && Number.isFinite(value)
        ? { value }
        : { error: `${label} must be a number above 0, such as ${fallback}.` },
  };
}

function optionalPositive(label: string, help: string): ParamSpec {
  const inner = optionalReal({ label, help, empty: 'none', min: 0, step: 0.1, default: null });
  return {
    ...inner,
    read: (value) => (value === 0 ? { error: `${label} must be a number above 0, or empty.` } : inner.read(value)),
  };
}

function share(label: string, help: string, symbol: string, fallback: number): ParamSpec {
  return real({ label, help, symbol, min: 0, below: 1, step: 0.05, default: fallback });
}

/** An optimizer's own settings, beginning as the document's schema has them, and those that all share. */
export function optimizerSettings(type: OptimizerType): Readonly<Record<string, ParamSpec>> {
  const defaults: Readonly<Record<string, unknown>> = optimizerSchema.parse({ type });
  const own = Object.entries(EDITORS)
    .filter(([name]) => Object.hasOwn(defaults, name) || name === 'weightDecay')
    .map(([name, specOf]) => [name, specOf(defaults[name] as never)]);
  return { ...Object.fromEntries(own), ...OPTIONAL };
}

const SCHEDULE_TITLES = {
  constant: 'Constant',
  step: 'Steps',
  exponential: 'Exponential',
  cosine: 'Cosine',
  polynomial: 'Polynomial',
  oneCycle: 'One cycle',
  plateau: 'On a plateau',
} as const satisfies Record<ScheduleType, string>;

export const SCHEDULE: ParamSpec = choice({
  label: 'Schedule',
  help: 'How the learning rate changes while the network is trained.',
  default: 'constant',
  options: SCHEDULE_TITLES,
});

const epochCount = (label: string, help: string, fallback: number): ParamSpec =>
  real({ label, help, min: 0, max: 100_000, step: 1, default: fallback });

const fraction = (label: string, help: string, fallback: number): ParamSpec =>
  real({ label, help, min: 0, max: 1, step: 0.05, default: fallback });

/** How each setting of a schedule is edited, by its name in the document. */
const SCHEDULE_EDITORS: Readonly<Record<string, (fallback: never) => ParamSpec>> = {
  every: (fallback: number) => epochCount('Every (epochs)', 'So many epochs lie between two steps.', fallback),
  factor: (fallback: number) => fraction('Factor', 'What the rate is multiplied by.', fallback),
  to: (fallback: number) => fraction('Down to', 'The share of the learning rate at the end.', fallback),
  power: (fallback: number) =>
    real({ label: 'Power', help: '1 is a straight line.', min: 0, max: 100, step: 0.5, default: fallback }),
  lengthen: (fallback: number) =>
    real({
      label: 'Lengthen',
      help: 'How much longer each period is than the one before.',
      min: 1,
      max: 100,
      step: 1,
      default: fallback,
    }),
  rise: (fallback: number) => fraction('Rise', 'The share of the run in which the rate rises.', fallback),
  from: (fallback: number) => fraction('From', 'The share of the learning rate at the start.', fallback),
  patience: (fallback: number) =>
    integer({
      label: 'Patience',
      help: 'So many epochs without a lower loss are waited for.',
      min: 1,
      max: 100_000,
      default: fallback,
    }),
  minDelta: (fallback: number) =>
    real({
      label: 'At least',
      help: 'How much lower a loss must be to count.',
      min: 0,
      step: 0.0001,
      default: fallback,
    }),
  lowest: (fallback: number) => fraction('Lowest', 'The share of the learning rate that always stays.', fallback),
};

const PERIOD: ParamSpec = optionalReal({
  label: 'Period (epochs)',
  empty: 'the whole run',
  help: 'Epochs until the first restart. Empty: the whole run, with none.',
  min: 0.001,
  max: 100_000,
  step: 1,
  default: null,
});

const WARM_UP: ParamSpec = optionalReal({
  label: 'Warm-up (epochs)',
  empty: 'none',
  help: 'Epochs in which the rate rises from zero. Empty: none.',
  min: 0,
  max: 100_000,
  step: 0.5,
  default: null,
});

/** A schedule's settings, beginning as the document's schema has them. */
export function scheduleSettings(type: ScheduleType): Readonly<Record<string, ParamSpec>> {
  const defaults: Readonly<Record<string, unknown>> = scheduleSchema.parse({ type });
  const own = Object.entries(SCHEDULE_EDITORS)
    .filter(([name]) => Object.hasOwn(defaults, name))
    .map(([name, specOf]) => [name, specOf(defaults[name] as never)]);
  return {
    ...Object.fromEntries(own),
    ...(type === 'cosine' && { period: PERIOD }),
    ...(type !== 'oneCycle' && { warmUp: WARM_UP }),
  };
}

/** Early stopping, off where there is no patience. */
export const STOPPING = {
  patience: optionalInteger({
    label: 'Stop early',
    empty: 'never',
    help: 'Ends the run when the validation loss has not become less for so many epochs. Empty: never.',
    min: 1,
    max: 100_000,
    default: null,
  }),
  restoreBest: flag({
    label: 'Keep the best',
    help: 'At the end, goes back to the weights with the lowest validation loss.',
    default: true,
  }),
  timeLimit: optionalReal({
    label: 'Time limit (s)',
    empty: 'none',
    help: 'Seconds after which the run ends. Empty: none.',
    min: 0.1,
    max: 10_000_000,
    step: 10,
    default: null,
  }),
} as const satisfies Record<string, ParamSpec>;
