import type { Json } from '@/document';
import { defineLayer, type RuleResult, type Tensor } from '../declaration';
import { formatShape, isKnown } from '../dimension';
import { derive } from '../formula';
import { onlyWhere, optionalReal, real } from '../params';
import { ACTIVATIONS, type ActivationName, anyActivation, squashedBy } from '../shared/activations';
import { axes, axesRefusal, fromFront } from '../shared/axes';
import { likeInput, passedOn } from '../shared/same';

/** An activation function as a node of its own. */
export const activationLayer = defineLayer({
  type: 'activation',
  title: 'Activation',
  family: 'activation',
  summary: 'Applies a function to every value: ReLU, tanh, softmax and others.',
  keywords: Object.values(ACTIVATIONS).map(({ title }) => title),
  docs: {
    text: 'What makes a network more than one linear map. ReLU is the usual choice inside; softmax turns the last axis into probabilities; sigmoid turns each value into one. Softmax, log softmax and sparsemax look at all values along an axis, the others at each value by itself. Sparsemax is that of Martins & Astudillo 2016; Keras 3.15 computes another threshold, which later versions mend.',
    formula: `\\begin{aligned} ${Object.values(ACTIVATIONS)
      .filter(({ keras }) => keras !== 'linear')
      .map(({ short, tex }) => `\\text{${short}}(x) &= ${tex}`)
      .join(' \\\\ ')} \\end{aligned}`,
    source: { title: 'Keras: activations', url: 'https://keras.io/api/layers/activations/' },
  },
  params: {
    function: anyActivation('relu', 'Function', 'What is applied to every value.'),
    slope: real({
      label: 'Slope',
      help: 'The slope below zero.',
      onlyWhere: { param: 'function', is: ['leakyRelu'] },
      min: 0,
      step: 0.05,
      default: 0.2,
      advanced: true,
    }),
    alpha: real({
      label: 'Alpha',
      help: 'How far below zero it may go.',
      onlyWhere: { param: 'function', is: ['elu'] },
      symbol: 'α',
      min: 0,
      step: 0.1,
      default: 1,
      advanced: true,
    }),
    maxValue: optionalReal({
      label: 'Largest value',
      empty: 'none',
      help: 'What is above is cut to it.',
      onlyWhere: { param: 'function', is: ['relu'] },
      min: 0,
      step: 1,
      default: null,
      advanced: true,
    }),
    negativeSlope: real({
      label: 'Slope below',
      help: 'The slope below the threshold.',
      onlyWhere: { param: 'function', is: ['relu'] },
      min: 0,
      step: 0.05,
      default: 0,
      advanced: true,
    }),
    threshold: real({
      label: 'Threshold',
      help: 'Values up to it are set to zero.',
      onlyWhere: { param: 'function', is: ['relu'] },
      symbol: 'θ',
      min: 0,
      step: 0.1,
      default: 0,
      advanced: true,
    }),
    axis: onlyWhere('function', ['softmax'], axes([-1], 'The axes along which the values are made to sum to one.')),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ function: name }) => [ACTIVATIONS[name].short],
  infer({ params: { function: name, axis }, inputs: { in: x } }): RuleResult {
    if (name === 'linear') return { output: passedOn(x) };
    if (name === 'glu') return halved(x);
    if (name !== 'softmax') return { output: { ...likeInput(x), ...squashedBy(name) } };
    const refusal = axesRefusal(axis, x, 'axis');
    if (refusal) return { refusal };
    return { output: { ...likeInput(x), ...(isLast(axis, x) && squashedBy(name)) } };
  },
  names: { pytorch: 'nn.ReLU, nn.Tanh, …', onnx: 'Relu, Tanh, …' },
  keras: {
    className: 'Activation',
    also: ['ReLU', 'LeakyReLU', 'ELU', 'Softmax', 'ThresholdedReLU', 'GLU'],
    names: { function: 'activation', negativeSlope: 'relu_slope', slope: 'leaky_slope' },
    write({ params: p, inputs: [x] }) {
      switch (p.function) {
        case 'relu': {
          if (p.maxValue === null && p.negativeSlope === 0 && p.threshold === 0) break;
          const config = { max_value: p.maxValue, negative_slope: p.negativeSlope, threshold: p.threshold };
          return { className: 'ReLU', config };
        }
        case 'leakyRelu':
          return { className: 'LeakyReLU', config: { negative_slope: p.slope } };
        case 'elu':
          return { className: 'ELU', config: { alpha: p.alpha } };
        case 'glu':
          // Keras's Activation takes it, but says that it keeps the shape, so nothing could follow.
          return { className: 'GLU', config: {}, custom: true };
        case 'softmax':
          if (x && !isLast(p.axis, x)) {
            return { className: 'Softmax', config: { axis: p.axis.length === 1 ? (p.axis[0] ?? -1) : [...p.axis] } };
          }
          break;
      }
      return { className: 'Activation', config: { activation: ACTIVATIONS[p.function].keras } };
    },
    read(config, className) {
      // A whole layer may be given as the activation.
      const inner = config.activation;
      if (className === 'Activation' && isObject(inner) && isObject(inner.config)) {
        const { activation: _, ...rest } = config;
        return readClass({ ...rest, ...inner.config }, String(inner.class_name));
      }
      return readClass(config, className);
    },
  },
});

const isObject = (json: Json | undefined): json is { [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const isLast = (axis: readonly number[], { shape }: Tensor): boolean =>
  axis.length === 1 && fromFront(axis[0] ?? -1, shape.length) === shape.length - 1;

/** The first half of the last axis, each value let through as far as its partner in the second half says. */
function halved(x: Tensor): RuleResult {
  const channels = x.shape.at(-1) ?? 1;
  if (!isKnown(channels) || channels % 2 === 1) {
    return {
      refusal: {
        message: `GLU halves the last axis, but that of ${formatShape(x.shape)} is ${isKnown(channels) ? 'odd' : 'unknown'}.`,
        why: 'One half of the values is the signal and the other half the gates, so there must be as many of each.',
        port: 'in',
        ...(isKnown(channels) && {
          repairs: [
            {
              title: `Make the layer before it ${channels + 1} wide`,
              kind: 'resizeSource',
              port: 'in',
              size: channels + 1,
            },
          ],
        }),
      },
    };
  }
  return {
    output: { ...likeInput(x), shape: [...x.shape.slice(0, -1), channels / 2] },
    shape: [derive('Output size', 'C/2', { C: channels })],
  };
}

type Config = Readonly<Record<string, Json>>;

const NAMES: Readonly<Record<string, ActivationName>> = {
  ReLU: 'relu',
  ThresholdedReLU: 'relu',
  LeakyReLU: 'leakyRelu',
  ELU: 'elu',
  Softmax: 'softmax',
  GLU: 'glu',
};

/** The settings of Keras's several classes under names that tell them apart. */
function readClass(config: Config, className: string): { config: Record<string, Json> } | { unsupported: string } {
  const name = NAMES[className];
  if (className === 'Activation') return { config: { ...config } };
  if (!name) return { unsupported: `The activation ${className} is not known here.` };
  const { negative_slope: slope, alpha, theta, ...rest } = config;
  const read: Record<string, Json> = { ...rest, activation: ACTIVATIONS[name].keras };
  if (className === 'LeakyReLU') read.leaky_slope = slope ?? alpha ?? 0.3;
  else if (className === 'ELU') read.alpha = alpha ?? 1;
  else if (className === 'ThresholdedReLU') read.threshold = theta ?? 1;
  else if (className === 'ReLU') read.relu_slope = slope ?? 0;
  return { config: read };
}
