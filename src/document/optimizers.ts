/** The optimizers and their settings, named as in Keras; types and the published schema are derived from this. */
import { z } from 'zod';
import { schedule } from './schedules';

const finite = z.number().finite();
const probability = finite.min(0).lt(1);
const epsilon = finite.positive().default(1e-7);

/** What every optimizer can do besides its rule. Off where absent. */
const decay = finite
  .min(0)
  .describe('Decoupled decay: each step takes this share of the weight, times the learning rate, away.');

/** What every optimizer can do besides its rule. Off where absent. */
const common = (learningRate: number) => ({
  learningRate: finite.positive().default(learningRate),
  schedule: schedule.optional().describe('How the learning rate changes; constant where absent.'),
  weightDecay: decay.optional(),
  clipValue: finite.positive().optional().describe('Gradients are cut to within ± this.'),
  clipNorm: finite.positive().optional().describe('The gradient of each weight is shortened to this length.'),
  globalClipNorm: finite.positive().optional().describe('All gradients together are shortened to this length.'),
  averaging: probability.optional().describe('Momentum of a moving average of the weights, which validation uses.'),
  accumulate: z.int().min(1).max(10_000).optional().describe('Steps whose gradients are averaged into one update.'),
});

export const optimizer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('sgd'),
    ...common(0.01),
    momentum: probability.default(0),
    nesterov: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('adam'),
    ...common(0.001),
    beta1: probability.default(0.9),
    beta2: probability.default(0.999),
    epsilon,
    amsgrad: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('adamw'),
    ...common(0.001),
    weightDecay: decay.default(0.004),
    beta1: probability.default(0.9),
    beta2: probability.default(0.999),
    epsilon,
    amsgrad: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('rmsprop'),
    ...common(0.001),
    rho: probability.default(0.9),
    momentum: probability.default(0),
    epsilon,
    centered: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('adagrad'),
    ...common(0.01),
    initialAccumulator: finite.min(0).default(0.1),
    epsilon,
  }),
  z.strictObject({ type: z.literal('adadelta'), ...common(1), rho: probability.default(0.95), epsilon }),
  z.strictObject({
    type: z.literal('adamax'),
    ...common(0.001),
    beta1: probability.default(0.9),
    beta2: probability.default(0.999),
    epsilon,
  }),
  z.strictObject({
    type: z.literal('nadam'),
    ...common(0.001),
    beta1: probability.default(0.9),
    beta2: probability.default(0.999),
    epsilon,
  }),
  z.strictObject({
    type: z.literal('lion'),
    ...common(0.0001),
    beta1: probability.default(0.9),
    beta2: probability.default(0.99),
  }),
]);

export type Optimizer = z.infer<typeof optimizer>;
export type OptimizerType = Optimizer['type'];
