import { defineLayer, type Weight } from '../declaration';
import { isKnown, product } from '../dimension';
import { derive } from '../formula';
import { flag, integer, optionalInteger, optionalReal, type Penalty } from '../params';
import { activation, activationDigest, squashedBy } from '../shared/activations';
import { likeInput } from '../shared/same';
import { weightOf, weightParams } from '../shared/weights';
import { counted } from '../shared/words';

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
    loraRank: optionalInteger({
      label: 'LoRA rank',
      empty: 'none',
      help: 'Freezes the kernel and learns a change of this rank to it, A·B, with far fewer weights. Hu et al. 2021.',
      symbol: 'r',
      min: 1,
      max: 100_000,
      default: null,
      advanced: true,
    }),
    loraAlpha: optionalReal({
      label: 'LoRA scale',
      empty: 'as the rank',
      help: 'The change is multiplied by this over the rank; as large as the rank if none is given.',
      symbol: 'α',
      min: 0,
      step: 1,
      default: null,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Features', rank: [2, 3, 4, 5] } },
  sizeParam: 'units',
  digest: ({ units, activation: name }) => [counted(units, 'unit'), ...activationDigest(name)],
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
    if (p.loraRank !== null && p.kernelConstraint !== null) {
      return {
        refusal: {
          message: 'A kernel that is held to a constraint cannot be changed by LoRA.',
          why: 'LoRA freezes the kernel, so nothing would bring the sum of the kernel and its change back to the constraint.',
          param: 'loraRank',
          repairs: [
            { title: 'Free the kernel', kind: 'setParams', params: { kernelConstraint: null } },
            { title: 'No LoRA', kind: 'setParams', params: { loraRank: null } },
          ],
        },
      };
    }
    const positions = x.shape.slice(1, -1);
    const rank = p.loraRank ?? 0;
    const values = { K: p.units, D: features, ...(rank > 0 && { r: rank }) };
    const change = rank > 0 ? ' + D·r + r·K' : '';
    return {
      output: { ...likeInput(x), shape: [...x.shape.slice(0, -1), p.units], ...squashedBy(p.activation) },
      weights: [
        { ...weightOf('kernel', [features, p.units], ['D', 'K'], p), ...(rank > 0 && { trainable: false }) },
        ...(p.useBias ? [weightOf('bias', [p.units], ['K'], p)] : []),
        ...(rank > 0 ? loraWeights(features, rank, p.units, p.kernelRegularizer) : []),
      ],
      shape: [derive('Output size', 'K', values)],
      parameters: derive('Parameters', `D·K${p.useBias ? ' + K' : ''}${change}`, values),
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

/** Keras begins them so, and puts the kernel's penalty on both. */
const loraWeights = (features: number, rank: number, units: number, penalty: Penalty): Weight[] => [
  {
    name: 'lora_kernel_a',
    shape: [features, rank],
    symbols: ['D', 'r'],
    initializer: 'heUniform',
    penalty,
    trainable: true,
  },
  { name: 'lora_kernel_b', shape: [rank, units], symbols: ['r', 'K'], initializer: 'zeros', penalty, trainable: true },
];
