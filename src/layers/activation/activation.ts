import { defineLayer } from '../declaration';
import { real } from '../params';
import { ACTIVATIONS, activation, squashedBy } from '../shared/activations';

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
    function: activation('relu', 'Function', 'What is applied to every value.'),
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
  names: { pytorch: 'nn.ReLU, nn.Tanh, …', onnx: 'Relu, Tanh, …' },
  keras: {
    className: 'Activation',
    also: ['ReLU', 'LeakyReLU', 'ELU', 'Softmax'],
    names: { function: 'activation', slope: 'negative_slope' },
    write({ params: { function: name, slope, alpha } }) {
      if (name === 'leakyRelu') return { className: 'LeakyReLU', config: { negative_slope: slope } };
      if (name === 'elu') return { className: 'ELU', config: { alpha } };
      return { className: 'Activation', config: { activation: ACTIVATIONS[name].keras } };
    },
    read(config, className) {
      const names: Record<string, string> = { LeakyReLU: 'leaky_relu', ELU: 'elu', Softmax: 'softmax', ReLU: 'relu' };
      const activation = names[className] ?? config.activation ?? 'linear';
      return { config: { ...config, activation } };
    },
  },
});
