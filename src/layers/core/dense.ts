import { defineLayer } from '../declaration';
import { isKnown, product } from '../dimension';
import { derive } from '../formula';
import { flag, integer } from '../params';
import { activation, activationDigest, squashedBy } from '../shared/activations';
import { weightOf, weightParams } from '../shared/weights';

/** y = σ(xW + b), over the last axis. */
export const dense = defineLayer({
  type: 'dense',
  title: 'Dense',
  family: 'core',
  summary: 'Every output is a weighted sum of all inputs, plus a bias.',
  keywords: ['fully connected', 'linear', 'mlp', 'perceptron'],
  docs: {
    text: 'A fully connected layer. Each of its K units takes the dot product of the whole input with its own weights, adds its bias and applies the activation. With more than two axes it works on the last one, the same weights at every position.',
    formula: 'y = \\sigma(xW + b)',
    source: { title: 'Keras: Dense', url: 'https://keras.io/api/layers/core_layers/dense/' },
  },
  params: {
    units: integer({
      label: 'Units',
      help: 'How many values the layer computes.',
      symbol: 'K',
      min: 1,
      max: 1_000_000,
      default: 32,
    }),
    activation: activation(),
    useBias: flag({ label: 'Bias', help: 'Adds a learned constant to each unit.', default: true }),
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
  },
  inputs: { in: { title: 'Features', rank: [2, 3, 4, 5] } },
  sizeParam: 'units',
  digest: ({ units, activation: name }) => [`${units} units`, ...activationDigest(name)],
  infer({ params: p, inputs: { in: x } }) {
    const features = x.shape.at(-1) ?? 1;
    if (!isKnown(features)) {
      return {
        refusal: {
          message: 'The size of the last axis is unknown, so the number of weights cannot be told.',
          why: 'A dense layer has one weight for every input value; only the axes before the last may be of any size.',
          port: 'in',
          repairs: [
            {
              title: 'Insert GlobalAveragePooling2D',
              kind: 'insertBefore',
              port: 'in',
              layers: [{ type: 'globalAveragePooling2d' }],
            },
          ],
        },
      };
    }
    const positions = x.shape.slice(1, -1);
    const values = { K: p.units, D: features };
    return {
      output: { shape: [...x.shape.slice(0, -1), p.units], dtype: 'float32', ...squashedBy(p.activation) },
      weights: [
        weightOf('kernel', [features, p.units], ['D', 'K'], p),
        ...(p.useBias ? [weightOf('bias', [p.units], ['K'], p)] : []),
      ],
      shape: [derive('Output size', 'K', values)],
      parameters: derive('Parameters', p.useBias ? 'D·K + K' : 'D·K', values),
      macs:
        positions.length === 0
          ? derive('Multiply-adds', 'D·K', values)
          : derive('Multiply-adds', 'L·D·K', { ...values, L: product(positions) }),
      ...(positions.length === 0 && { window: 'global' as const }),
    };
  },
  names: { pytorch: 'nn.Linear', onnx: 'Gemm' },
  keras: { className: 'Dense' },
});
