/** The activation functions, each once: what it computes and how Keras spells it. */
import { choice, inKeras, type KerasCodec } from '../params';

interface ActivationFacts {
  title: string;
  /** For a node's card. */
  short: string;
  tex: string;
  keras: string;
}

/** Slopes and scales are Keras 3's defaults for an activation given by name. */
export const ACTIVATIONS = {
  linear: { short: 'linear', title: 'Linear (none)', tex: 'x', keras: 'linear' },
  relu: { short: 'ReLU', title: 'ReLU', tex: '\\max(0, x)', keras: 'relu' },
  leakyRelu: { short: 'leaky ReLU', title: 'Leaky ReLU', tex: '\\max(0.2\\,x, x)', keras: 'leaky_relu' },
  sigmoid: { short: 'sigmoid', title: 'Sigmoid', tex: '\\frac{1}{1 + e^{-x}}', keras: 'sigmoid' },
  tanh: { short: 'tanh', title: 'Tanh', tex: '\\frac{e^x - e^{-x}}{e^x + e^{-x}}', keras: 'tanh' },
  softmax: { short: 'softmax', title: 'Softmax', tex: '\\frac{e^{x_i}}{\\sum_j e^{x_j}}', keras: 'softmax' },
  elu: { short: 'ELU', title: 'ELU', tex: 'x \\text{ if } x > 0 \\text{ else } e^x - 1', keras: 'elu' },
  gelu: {
    short: 'GELU',
    title: 'GELU',
    tex: 'x \\cdot \\tfrac12\\left(1 + \\operatorname{erf}(x / \\sqrt2)\\right)',
    keras: 'gelu',
  },
} as const satisfies Record<string, ActivationFacts>;

export type ActivationName = keyof typeof ACTIVATIONS;

const titles = Object.fromEntries(Object.entries(ACTIVATIONS).map(([name, { title }]) => [name, title])) as Record<
  ActivationName,
  string
>;

/** Keras 3 writes a function's name, or the registered function itself. */
export const asActivation: KerasCodec<ActivationName> = {
  write: (name) => ACTIVATIONS[name].keras,
  read(json) {
    if (json === null) return 'linear';
    const given = typeof json === 'object' && !Array.isArray(json) ? (json.config ?? json.class_name) : json;
    const found = Object.entries(ACTIVATIONS).find(([, { keras }]) => keras === given);
    return found?.[0];
  },
};

/** The hyperparameter for what is applied to a layer's result. */
export const activation = (
  fallback: ActivationName = 'linear',
  label = 'Activation',
  help = 'The function applied to every value the layer computes.',
) => inKeras(choice<ActivationName>({ label, help, default: fallback, options: titles }), asActivation);

/** What an activation says of the values it gives, for the losses to check. */
export const squashedBy = (name: ActivationName): { squashed?: 'softmax' | 'sigmoid' } =>
  name === 'softmax' || name === 'sigmoid' ? { squashed: name } : {};

/** For a node's card: nothing for linear. */
export const activationDigest = (name: ActivationName): string[] =>
  name === 'linear' ? [] : [ACTIVATIONS[name].short];
