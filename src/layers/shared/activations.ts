/** The activation functions, each once: what it computes and how Keras spells it. */
import type { Json } from '@/document';
import { choice, inKeras, type KerasCodec, type ParamSpec } from '../params';

interface ActivationFacts {
  title: string;
  /** For a node's card. */
  short: string;
  tex: string;
  keras: string;
  /** Further names under which Keras knows it. */
  also?: readonly string[];
}

/** Slopes and scales are Keras 3's defaults for an activation given by name. The commonest first. */
export const ACTIVATIONS = {
  linear: { short: 'linear', title: 'Linear (none)', tex: 'x', keras: 'linear' },
  relu: { short: 'ReLU', title: 'ReLU', tex: '\\max(0, x)', keras: 'relu' },
  sigmoid: { short: 'sigmoid', title: 'Sigmoid', tex: '\\frac{1}{1 + e^{-x}}', keras: 'sigmoid' },
  tanh: { short: 'tanh', title: 'Tanh', tex: '\\frac{e^x - e^{-x}}{e^x + e^{-x}}', keras: 'tanh' },
  softmax: { short: 'softmax', title: 'Softmax', tex: '\\frac{e^{x_i}}{\\sum_j e^{x_j}}', keras: 'softmax' },
  leakyRelu: { short: 'leaky ReLU', title: 'Leaky ReLU', tex: '\\max(0.2\\,x, x)', keras: 'leaky_relu' },
  elu: { short: 'ELU', title: 'ELU', tex: 'x \\text{ if } x > 0 \\text{ else } e^x - 1', keras: 'elu' },
  gelu: {
    short: 'GELU',
    title: 'GELU',
    tex: 'x \\cdot \\tfrac12\\left(1 + \\operatorname{erf}(x / \\sqrt2)\\right)',
    keras: 'gelu',
  },
  silu: { short: 'SiLU', title: 'SiLU (swish)', tex: '\\frac{x}{1 + e^{-x}}', keras: 'silu', also: ['swish'] },
  selu: {
    short: 'SELU',
    title: 'SELU',
    tex: '1.0507\\,x \\text{ if } x > 0 \\text{ else } 1.7581\\,(e^x - 1)',
    keras: 'selu',
  },
  mish: { short: 'mish', title: 'Mish', tex: 'x \\tanh(\\ln(1 + e^x))', keras: 'mish' },
  relu6: { short: 'ReLU6', title: 'ReLU6', tex: '\\min(\\max(0, x), 6)', keras: 'relu6' },
  celu: { short: 'CELU', title: 'CELU', tex: '\\max(0, x) + \\min(0, e^x - 1)', keras: 'celu' },
  softplus: { short: 'softplus', title: 'Softplus', tex: '\\ln(1 + e^x)', keras: 'softplus' },
  softsign: { short: 'softsign', title: 'Softsign', tex: '\\frac{x}{1 + |x|}', keras: 'softsign' },
  squareplus: {
    short: 'squareplus',
    title: 'Squareplus',
    tex: '\\tfrac12\\left(x + \\sqrt{x^2 + 4}\\right)',
    keras: 'squareplus',
  },
  exponential: { short: 'exp', title: 'Exponential', tex: 'e^x', keras: 'exponential' },
  hardSigmoid: {
    short: 'hard sigmoid',
    title: 'Hard sigmoid',
    tex: '\\min(\\max(0, x/6 + \\tfrac12), 1)',
    keras: 'hard_sigmoid',
  },
  hardSilu: {
    short: 'hard SiLU',
    title: 'Hard SiLU (hard swish)',
    tex: 'x \\cdot \\min(\\max(0, x/6 + \\tfrac12), 1)',
    keras: 'hard_silu',
    also: ['hard_swish'],
  },
  hardTanh: { short: 'hard tanh', title: 'Hard tanh', tex: '\\min(\\max(-1, x), 1)', keras: 'hard_tanh' },
  hardShrink: {
    short: 'hard shrink',
    title: 'Hard shrink',
    tex: 'x \\text{ if } |x| > 0.5 \\text{ else } 0',
    keras: 'hard_shrink',
  },
  softShrink: {
    short: 'soft shrink',
    title: 'Soft shrink',
    tex: '\\operatorname{sign}(x)\\,\\max(0, |x| - 0.5)',
    keras: 'soft_shrink',
  },
  tanhShrink: { short: 'tanh shrink', title: 'Tanh shrink', tex: 'x - \\tanh x', keras: 'tanh_shrink' },
  logSigmoid: { short: 'log sigmoid', title: 'Log sigmoid', tex: '-\\ln(1 + e^{-x})', keras: 'log_sigmoid' },
  logSoftmax: {
    short: 'log softmax',
    title: 'Log softmax',
    tex: 'x_i - \\ln \\textstyle\\sum_j e^{x_j}',
    keras: 'log_softmax',
  },
  sparsemax: {
    short: 'sparsemax',
    title: 'Sparsemax',
    tex: '\\max(0, x_i - \\tau), \\quad \\textstyle\\sum_i y_i = 1',
    keras: 'sparsemax',
  },
  sparsePlus: {
    short: 'sparse plus',
    title: 'Sparse plus',
    tex: '\\tfrac14 (x + 1)^2 \\text{ between } -1 \\text{ and } 1, \\text{ else } \\max(0, x)',
    keras: 'sparse_plus',
  },
  sparseSigmoid: {
    short: 'sparse sigmoid',
    title: 'Sparse sigmoid',
    tex: '\\min(\\max(0, \\tfrac12 (x + 1)), 1)',
    keras: 'sparse_sigmoid',
  },
  glu: {
    short: 'GLU',
    title: 'GLU (gated, halves the channels)',
    tex: 'a \\odot \\sigma(b), \\quad x = [a, b]',
    keras: 'glu',
  },
} as const satisfies Record<string, ActivationFacts>;

export type ActivationName = keyof typeof ACTIVATIONS;

/** Those that keep the shape: all but one, so that a layer's own activation never changes its size. */
export type KeepingActivation = Exclude<ActivationName, 'glu'>;

const FACTS: readonly (readonly [ActivationName, ActivationFacts])[] = Object.entries(ACTIVATIONS) as [
  ActivationName,
  ActivationFacts,
][];

const titles = Object.fromEntries(FACTS.map(([name, { title }]) => [name, title])) as Record<ActivationName, string>;

const { glu: _, ...keepingTitles } = titles;

/** The identity needs no formula. */
const formulas = Object.fromEntries(
  FACTS.filter(([name]) => name !== 'linear').map(([name, { tex }]) => [name, tex]),
) as Partial<Record<ActivationName, string>>;

/** Keras 3 writes a function's name, or the registered function itself. */
export const asActivation: KerasCodec<ActivationName> = {
  write: (name) => ACTIVATIONS[name].keras,
  read(json) {
    if (json === null) return 'linear';
    const given: Json | undefined =
      typeof json === 'object' && !Array.isArray(json) ? (json.config ?? json.class_name) : json;
    const found = FACTS.find(([, { keras, also }]) => keras === given || also?.some((name) => name === given));
    return found?.[0];
  },
};

/** The hyperparameter for what is applied to a layer's result. */
export const activation = (
  fallback: KeepingActivation = 'linear',
  label = 'Activation',
  help = 'The function applied to every value the layer computes.',
): ParamSpec<KeepingActivation> =>
  inKeras<KeepingActivation>(
    choice<KeepingActivation>({ label, help, default: fallback, options: keepingTitles, formulas }),
    asActivation,
  );

/** As `activation`, with the one that halves the last axis. */
export const anyActivation = (fallback: ActivationName, label: string, help: string): ParamSpec<ActivationName> =>
  inKeras(choice<ActivationName>({ label, help, default: fallback, options: titles, formulas }), asActivation);

/** What an activation says of the values it gives, for the losses to check. */
export const squashedBy = (name: ActivationName): { squashed?: 'softmax' | 'sigmoid' } =>
  name === 'softmax' || name === 'sigmoid' ? { squashed: name } : {};

/** For a node's card: nothing for linear. */
export const activationDigest = (name: ActivationName): string[] =>
  name === 'linear' ? [] : [ACTIVATIONS[name].short];
