import { defineLayer } from '../declaration';
import { choice, real } from '../params';
import { ACTIVATIONS, type ActivationName, squashedBy } from '../shared/activations';

const titles = Object.fromEntries(Object.entries(ACTIVATIONS).map(([name, { title }]) => [name, title])) as Record<
  ActivationName,
  string
>;

/** An activation function as a node of its own. */
export const activationLayer = defineLayer({
  type: 'activation',
  title: 'Activation',
  family: 'activation',
  summary: 'Applies a function to every value: ReLU, tanh, softmax and others.',
  keywords: Object.values(ACTIVATIONS).map(({ title }) => title),
  docs: {
    text: 'What makes a network more than one linear map. ReLU is the usual choice inside; softmax turns the last axis into probabilities; sigmoid turns each value into one.',
    formula: Object.values(ACTIVATIONS)
      .filter(({ keras }) => keras !== 'linear')
      .map(({ short, tex }) => `\\text{${short}}(x) = ${tex}`)
      .join(' \\\\ '),
    source: { title: 'Keras: activations', url: 'https://keras.io/api/layers/activations/' },
  },
  params: {
    function: choice({ label: 'Function', help: 'What is applied to every value.', default: 'relu', options: titles }),
    slope: real({
      label: 'Slope',
      help: 'Leaky ReLU only: the slope below zero.',
      min: 0,
      step: 0.05,
      default: 0.2,
      advanced: true,
    }),
    alpha: real({
      label: 'Alpha',
      help: 'ELU only: how far below zero it may go.',
      symbol: 'α',
      min: 0,
      step: 0.1,
      default: 1,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ function: name }) => [ACTIVATIONS[name].short],
  infer({ params: { function: name }, inputs: { in: x } }) {
    return { output: { shape: x.shape, dtype: name === 'linear' ? x.dtype : 'float32', ...squashedBy(name) } };
  },
  keras({ params: { function: name, slope, alpha } }) {
    if (name === 'leakyRelu') return { className: 'LeakyReLU', config: { negative_slope: slope } };
    if (name === 'elu') return { className: 'ELU', config: { alpha } };
    return { className: 'Activation', config: { activation: ACTIVATIONS[name].keras } };
  },
});
